package dev.rookery.proxy.cloudflare;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import dev.rookery.kit.Backoff;
import dev.rookery.proxy.internal.cloudflare.ApiCalls;
import dev.rookery.proxy.internal.cloudflare.CloudflareHttp;
import java.net.URI;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Builds a {@link CloudflareApi}. Not thread-safe; may be used again after {@link #build()}. */
public final class CloudflareApiBuilder {

    private static final long ANSWER_BYTES_MAX = 16L * 1024 * 1024;

    private final String token;
    private URI baseUrl = URI.create("https://api.cloudflare.com/client/v4");
    private @Nullable OkHttpClient client;
    private Duration deadline = Duration.ofSeconds(30);
    private Duration retryBudget = Duration.ofSeconds(30);
    private Duration callStep = Duration.ofMillis(334);
    private Backoff backoff = Backoff.of(Duration.ofSeconds(2), 2, Duration.ofSeconds(30), 0.5);

    CloudflareApiBuilder(String token) {
        this.token = requireNonNull(token, "token").strip();
        if (this.token.isEmpty() || this.token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new InvalidInputException("token (expected: printable ASCII without blanks, not empty)");
        }
    }

    /** Sets where the API is. Default: {@code https://api.cloudflare.com/client/v4}. */
    public CloudflareApiBuilder baseUrl(URI baseUrl) {
        this.baseUrl = requireNonNull(baseUrl, "baseUrl");
        return this;
    }

    /** Sets the HTTP client whose connections, proxy and trust are used; timeouts and redirects are our own. Default: a new one. */
    public CloudflareApiBuilder client(OkHttpClient client) {
        this.client = requireNonNull(client, "client");
        return this;
    }

    /** Sets how long one try of a call may take. Default: 30 s. */
    public CloudflareApiBuilder deadline(Duration deadline) {
        this.deadline = requirePositive(deadline, "deadline");
        return this;
    }

    /** Sets how long a call is tried again, if that is harmless. Default: 30 s; zero is one try. */
    public CloudflareApiBuilder retryBudget(Duration retryBudget) {
        if (retryBudget.isNegative()) {
            throw new InvalidInputException("retryBudget: " + retryBudget + " (expected: >= 0)");
        }
        this.retryBudget = retryBudget;
        return this;
    }

    /** Sets the pause before a call is tried again the first time; it doubles up to 30 s. Default: 2 s. */
    public CloudflareApiBuilder firstPause(Duration firstPause) {
        this.backoff = Backoff.of(requirePositive(firstPause, "firstPause"), 2, Duration.ofSeconds(30), 0.5);
        return this;
    }

    /**
     * Sets the time between calls, after ten at once. Default: a third of a second, which leaves a quarter of Cloudflare's 1,200 calls in five minutes to
     * others of the same user; zero is no limit.
     */
    public CloudflareApiBuilder callStep(Duration callStep) {
        if (callStep.isNegative()) {
            throw new InvalidInputException("callStep: " + callStep + " (expected: >= 0)");
        }
        this.callStep = callStep;
        return this;
    }

    /** Returns the API. Sends nothing. */
    public CloudflareApi build() {
        var url = HttpUrl.parse(baseUrl.toString());
        if (url == null || !url.username().isEmpty() || url.query() != null || url.fragment() != null) {
            throw new InvalidInputException("baseUrl of host " + baseUrl.getHost()
                    + " (expected: http(s)://host[:port][/path], no user, no query)");
        }
        return new CloudflareApi(new ApiCalls(new CloudflareHttp(
                client == null ? new OkHttpClient() : client,
                url,
                token,
                new CloudflareHttp.Manner(deadline, retryBudget, backoff, callStep, ANSWER_BYTES_MAX))));
    }

    private static Duration requirePositive(Duration given, String what) {
        if (given.isNegative() || given.isZero()) {
            throw new InvalidInputException(what + ": " + given + " (expected: > 0)");
        }
        return given;
    }
}
