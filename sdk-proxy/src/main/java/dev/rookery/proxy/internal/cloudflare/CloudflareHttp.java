package dev.rookery.proxy.internal.cloudflare;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.kit.Backoff;
import dev.rookery.kit.Redactor;
import dev.rookery.proxy.cloudflare.CloudflareException;
import dev.rookery.proxy.internal.json.ProxyJson;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes calls to Cloudflare: paced, bounded, and again where that is harmless. Thread-safe. */
public final class CloudflareHttp {

    private static final Logger LOG = LoggerFactory.getLogger(CloudflareHttp.class);
    private static final MediaType JSON = MediaType.get("application/json");
    private static final String USER_AGENT = "rookery-sdk-proxy";

    private final OkHttpClient client;
    private final HttpUrl base;
    private final String token;
    private final Manner manner;
    private final Pace pace;
    private final ApiFailures failures;

    /**
     * How calls are made.
     *
     * @param deadline of one try
     * @param retryBudget from the first try to the last at most; zero is one try
     * @param backoff pauses between tries
     * @param callStep the time that each call takes of the allowance; zero is no limit
     * @param answerBytesMax the longest answer
     */
    public record Manner(
            Duration deadline, Duration retryBudget, Backoff backoff, Duration callStep, long answerBytesMax) {}

    /** Creates the transport. */
    public CloudflareHttp(OkHttpClient client, HttpUrl base, String token, Manner manner) {
        // A redirect would carry the token elsewhere. A try that failed is ours to repeat, not the library's.
        this.client = client.newBuilder()
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .callTimeout(manner.deadline())
                .build();
        this.base = base;
        this.token = token;
        this.manner = manner;
        this.pace = new Pace(manner.callStep(), 10);
        this.failures = new ApiFailures(Redactor.of(token));
    }

    /** Makes a call and returns the whole answer of a success; all else is thrown. */
    Answer exchange(ApiCall call) {
        long begin = System.nanoTime();
        for (int tries = 1; ; tries++) {
            try {
                return once(call);
            } catch (CloudflareException e) {
                if (!again(call, e, tries, begin)) {
                    throw e;
                }
            }
        }
    }

    /** Returns words of others, fit for a message. */
    String clean(String words) {
        return failures.clean(words);
    }

    private boolean again(ApiCall call, CloudflareException e, int tries, long begin) {
        // What was refused for being too much was not done, whatever it is.
        boolean harmless = call.repeatable() || e.kind() == CloudflareException.Kind.LIMITED;
        if (!e.retryable() || !harmless) {
            return false;
        }
        var pause = manner.backoff().pauseAfter(tries);
        var asked = e.retryAfter().orElse(Duration.ZERO);
        pause = pause.compareTo(asked) < 0 ? asked : pause;
        if (pause.plusNanos(System.nanoTime() - begin).compareTo(manner.retryBudget()) > 0) {
            return false;
        }
        LOG.debug("{}: again in {} ms", call, pause.toMillis());
        return slept(pause);
    }

    private Answer once(ApiCall call) {
        if (!slept(pace.next(System.nanoTime()))) {
            throw failures.unavailable(call, "interrupted", null);
        }
        long begin = System.nanoTime();
        try (var response = client.newCall(request(call)).execute()) {
            LOG.debug(
                    "{} -> {} in {} ms",
                    call,
                    response.code(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
            return understood(call, response);
        } catch (IOException e) {
            throw failures.unavailable(
                    call,
                    Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName()),
                    e);
        }
    }

    private Answer understood(ApiCall call, Response response) throws IOException {
        var body = parse(call, response, read(call, response));
        // "success: false" comes with 200, too.
        if (!response.isSuccessful() || !Answer.of(body).is("success")) {
            throw failures.of(call, response.code(), response.headers(), body);
        }
        return Answer.of(body);
    }

    private byte[] read(ApiCall call, Response response) throws IOException {
        var source = response.body().source();
        if (source.request(manner.answerBytesMax() + 1)) {
            throw failures.unavailable(call, "an answer of more than " + manner.answerBytesMax() + " bytes", null);
        }
        return source.readByteArray();
    }

    private Json parse(ApiCall call, Response response, byte[] body) {
        try {
            return ProxyJson.read(body);
        } catch (InvalidInputException e) {
            if (response.isSuccessful()) {
                throw failures.unavailable(call, "an answer that is not JSON", e);
            }
            // The status says enough: gateways answer with pages.
            return new Json.Obj(Map.of());
        }
    }

    private Request request(ApiCall call) {
        var url = base.newBuilder();
        call.path().forEach(url::addPathSegment);
        call.query().forEach(url::addQueryParameter);
        var body = call.body().map(json -> RequestBody.create(ProxyJson.canonical(json), JSON));
        return new Request.Builder()
                .url(url.build())
                .header("Authorization", "Bearer " + token)
                .header("User-Agent", USER_AGENT)
                .header("Accept", "application/json")
                .method(call.method(), body.orElse(null))
                .build();
    }

    private static boolean slept(Duration pause) {
        if (pause.isZero()) {
            return true;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
