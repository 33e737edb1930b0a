package dev.rookery.wings;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.CallOptions;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.RemoteDialect;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.wings.internal.BaseUrl;
import dev.rookery.wings.internal.PanelConnection;
import dev.rookery.wings.internal.SharedClient;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Builds a {@link HttpPanel}. Not thread-safe; may be used again after {@link #build()}. */
public final class HttpPanelBuilder {

    private static final Set<String> OURS = Set.of("authorization", "user-agent", "accept", "content-type");

    private final HttpUrl base;
    private final NodeCredentials credentials;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private @Nullable OkHttpClient client;
    private RemoteDialect dialect = RemoteDialect.of(Dialect.PELICAN);
    private String version = "develop";
    private @Nullable String userAgent;
    private Duration deadline = Duration.ofSeconds(30);
    private Duration retryBudget = Duration.ofSeconds(30);
    private Duration queryRetryBudget = Duration.ofSeconds(2);

    HttpPanelBuilder(URI panelUrl, NodeCredentials credentials) {
        this.base = BaseUrl.read(requireNonNull(panelUrl, "panelUrl"));
        this.credentials = requireNonNull(credentials, "credentials");
    }

    /**
     * Sets the HTTP client whose connections, threads, proxy and trust are used; timeouts and redirects are our own. Default: a new
     * one. It stays the caller's to close.
     */
    public HttpPanelBuilder client(OkHttpClient client) {
        this.client = requireNonNull(client, "client");
        return this;
    }

    /**
     * Sets what the panel speaks: which calls it has, what it expects in them, and as whose daemon the node comes. Default: Pelican.
     *
     * @throws InvalidInputException for Nexus, whose nodes ask their panel nothing
     */
    public HttpPanelBuilder dialect(Dialect dialect) {
        this.dialect = RemoteDialect.of(requireNonNull(dialect, "dialect"));
        return this;
    }

    /**
     * Sets the node's version in the {@code User-Agent}, by which panels know a node, {@code Pelican Wings/v<version> (id:<token id>)} for
     * one of Pelican. Default: {@code develop}.
     *
     * @param version such as {@code 1.2.3}, without a leading {@code v}
     */
    public HttpPanelBuilder version(String version) {
        requirePlain(version, "version");
        this.version = version;
        return this;
    }

    /** Sets the whole {@code User-Agent}. Default: see {@link #version}. */
    public HttpPanelBuilder userAgent(String userAgent) {
        requirePlain(userAgent, "userAgent");
        this.userAgent = userAgent;
        return this;
    }

    /**
     * Adds a header to every call, for a proxy in front of the panel. Default: none.
     *
     * @param name not one of Authorization, User-Agent, Accept and Content-Type
     * @param value its value
     */
    public HttpPanelBuilder header(String name, String value) {
        requirePlain(name, "name");
        requirePlain(value, "value of " + name);
        if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new InvalidInputException("header: '" + name + "' (expected: none of " + OURS + ")");
        }
        headers.put(name, value);
        return this;
    }

    /** Sets how long a call may take, all tries included, that has no deadline of its own. Default: 30 s. */
    public HttpPanelBuilder deadline(Duration deadline) {
        if (deadline.isNegative() || deadline.isZero()) {
            throw new InvalidInputException("deadline: " + deadline + " (expected: > 0)");
        }
        this.deadline = deadline;
        return this;
    }

    /**
     * Sets how long a report is sent again after network failures, 5xx and 429, within its deadline. Default: 30 s.
     *
     * @param retryBudget zero means that every report is sent once
     */
    public HttpPanelBuilder retryBudget(Duration retryBudget) {
        if (retryBudget.isNegative()) {
            throw new InvalidInputException("retryBudget: " + retryBudget + " (expected: >= 0)");
        }
        this.retryBudget = retryBudget;
        return this;
    }

    /**
     * Sets how long a question is asked again after network failures and 5xx, within its deadline. Default: 2 s.
     *
     * @param queryRetryBudget zero means that every question is asked once
     */
    public HttpPanelBuilder queryRetryBudget(Duration queryRetryBudget) {
        if (queryRetryBudget.isNegative()) {
            throw new InvalidInputException("queryRetryBudget: " + queryRetryBudget + " (expected: >= 0)");
        }
        this.queryRetryBudget = queryRetryBudget;
        return this;
    }

    /** Returns the panel. Sends nothing. */
    public HttpPanel build() {
        return new HttpPanel(PanelConnection.of(
                base,
                credentials,
                client == null ? SharedClient.get() : client,
                new PanelConnection.Manner(
                        dialect,
                        userAgent == null ? dialect.userAgent(version, credentials.tokenId()) : userAgent,
                        Map.copyOf(headers),
                        deadline,
                        queryRetryBudget,
                        retryBudget),
                CallOptions.defaults()));
    }

    private static void requirePlain(String text, String what) {
        requireNonNull(text, what);
        if (text.isEmpty() || text.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new InvalidInputException(what + " (expected: printable ASCII, not empty)");
        }
    }
}
