package dev.rookery.wings;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.CallOptions;
import dev.rookery.api.Caller;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.wings.internal.BaseUrl;
import dev.rookery.wings.internal.NodeConnection;
import dev.rookery.wings.internal.NodeProfile;
import dev.rookery.wings.internal.NodeSettings;
import dev.rookery.wings.internal.PinnedTrust;
import dev.rookery.wings.internal.SharedClient;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Builds a {@link HttpNode}. Not thread-safe; may be used again after {@link #build()}. */
public final class HttpNodeBuilder {

    private static final int CONSOLE_QUEUE = 16_384;
    private static final int CONSOLE_QUEUE_MIN = 16;

    private final HttpUrl base;
    private final NodeCredentials credentials;
    private @Nullable OkHttpClient client;
    private Optional<String> panelUrl = Optional.empty();
    private UUID consoleUser = new UUID(0, 0);
    private NodeDeadlines deadlines = NodeDeadlines.defaults();
    private Path spoolDirectory = Path.of(System.getProperty("java.io.tmpdir"));
    private Clock clock = Clock.systemUTC();
    private int consoleQueue = CONSOLE_QUEUE;
    private Optional<Dialect> dialect = Optional.empty();
    private List<CertificatePin> pins = List.of();
    private CallObserver observer = CallObserver.none();

    HttpNodeBuilder(URI baseUrl, NodeCredentials credentials) {
        this.base = BaseUrl.read(requireNonNull(baseUrl, "baseUrl"));
        this.credentials = requireNonNull(credentials, "credentials");
    }

    /**
     * Sets the HTTP client whose connections, threads, proxy and trust are used; timeouts and redirects are our own. Default: one
     * that all clients of this kind in the program share, and that has nothing to close. A given one stays the caller's to close.
     */
    public HttpNodeBuilder client(OkHttpClient client) {
        this.client = requireNonNull(client, "client");
        return this;
    }

    /**
     * Sets the panel's own URL exactly as the node is configured with it: nodes compare it byte for byte when a console is opened.
     * Default: none, and consoles cannot be opened.
     */
    public HttpNodeBuilder panelUrl(String panelUrl) {
        if (HttpUrl.parse(requireNonNull(panelUrl, "panelUrl")) == null) {
            throw new InvalidInputException("panelUrl: '" + panelUrl + "' (expected: http(s)://host[:port])");
        }
        this.panelUrl = Optional.of(panelUrl);
        return this;
    }

    /** Sets whom consoles and signed URLs stand for that the panel itself opens. Default: the UUID of zeros. */
    public HttpNodeBuilder consoleUser(UUID consoleUser) {
        this.consoleUser = requireNonNull(consoleUser, "consoleUser");
        return this;
    }

    /** Sets how long calls may take that have no deadline of their own. Default: {@link NodeDeadlines#defaults()}. */
    public HttpNodeBuilder deadlines(NodeDeadlines deadlines) {
        this.deadlines = requireNonNull(deadlines, "deadlines");
        return this;
    }

    /**
     * Sets where content of unknown length is kept until its length is known. Default: the JVM's temporary directory.
     *
     * @param spoolDirectory exists, with room for such content
     */
    public HttpNodeBuilder spoolDirectory(Path spoolDirectory) {
        if (!Files.isDirectory(requireNonNull(spoolDirectory, "spoolDirectory"))) {
            throw new InvalidInputException("spoolDirectory: " + spoolDirectory + " (expected: a directory)");
        }
        this.spoolDirectory = spoolDirectory;
        return this;
    }

    /** Sets the clock for tokens and the expiry of callers. Default: the system's. */
    public HttpNodeBuilder clock(Clock clock) {
        this.clock = requireNonNull(clock, "clock");
        return this;
    }

    /**
     * Sets how many events wait for a console's listener that is slow before lines are left out. Default: 16,384, and 8 Mi characters in
     * any case.
     *
     * @param events at least 16
     */
    public HttpNodeBuilder consoleQueue(int events) {
        if (events < CONSOLE_QUEUE_MIN) {
            throw new InvalidInputException("consoleQueue: " + events + " (expected: >= " + CONSOLE_QUEUE_MIN + ")");
        }
        this.consoleQueue = events;
        return this;
    }

    /**
     * Sets what the node speaks. Default: its answers show it, once, and again when they contradict. To be set for a node of {@link
     * Dialect#NEXUS}, which cannot be told, and wherever a proxy takes the headers {@code User-Agent} and {@code X-Request-Id} out of
     * answers.
     */
    public HttpNodeBuilder dialect(Dialect dialect) {
        this.dialect = Optional.of(dialect);
        return this;
    }

    /**
     * Trusts the node by its certificate alone, not by the authority that issued it: for calls and consoles. Its validity is
     * still checked, and its host name unless it is pinned itself (rather than its key). A client certificate of the given client is not shown then. Default: the authorities that the client trusts.
     *
     * @param pins at least one; any of them will do, so that a certificate can be replaced
     */
    public HttpNodeBuilder pins(CertificatePin... pins) {
        if (pins.length == 0) {
            throw new InvalidInputException("pins: none (expected: at least one)");
        }
        this.pins = List.of(pins);
        return this;
    }

    /** Sets who watches the calls. Default: nobody. */
    public HttpNodeBuilder observer(CallObserver observer) {
        this.observer = requireNonNull(observer, "observer");
        return this;
    }

    /** Returns the node, asked by the panel itself. Sends nothing. */
    public HttpNode build() {
        var http = client == null ? SharedClient.get() : client;
        var profile = NodeProfile.builder(base, credentials)
                .client(pins.isEmpty() ? http : PinnedTrust.apply(http, pins))
                .dialect(dialect)
                .panelUrl(panelUrl)
                .consoleUser(consoleUser)
                .deadlines(deadlines)
                .spoolDirectory(spoolDirectory)
                .clock(clock)
                .consoleQueue(consoleQueue)
                .observer(observer)
                .build();
        return new HttpNode(new NodeConnection(NodeSettings.of(profile), Caller.panel(), CallOptions.defaults()));
    }
}
