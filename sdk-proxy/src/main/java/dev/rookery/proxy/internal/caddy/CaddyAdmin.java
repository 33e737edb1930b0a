package dev.rookery.proxy.internal.caddy;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.kit.Correlation;
import dev.rookery.proxy.apply.EngineException;
import dev.rookery.proxy.apply.EngineException.Problem;
import dev.rookery.proxy.internal.json.ProxyJson;
import dev.rookery.proxy.internal.name.Shown;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** What a Caddy's administration is asked. Thread-safe. Source: proxy specification §2.6. */
public final class CaddyAdmin implements AutoCloseable {

    private static final MediaType JSON = MediaType.get("application/json");
    private static final int SAID_MAX = 500;
    private static final long AWAY_NANOS = 1_000_000_000L;
    private static final long WAIT_NANOS = 20_000_000L;
    private static final int ANSWER_MAX = 100 << 20;

    private final String address;
    private final OkHttpClient client;

    /**
     * Creates what asks; nobody is asked yet.
     *
     * @param address as of the configuration: an address and a port, or {@code unix/} and a path
     * @param timeout of one request
     */
    public CaddyAdmin(String address, Duration timeout) {
        this.address = address;
        var builder = new OkHttpClient.Builder()
                .callTimeout(timeout)
                .readTimeout(timeout)
                .writeTimeout(timeout)
                // Sent twice, what was taken at first would be refused, or worse.
                .retryOnConnectionFailure(false)
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .followRedirects(false)
                .proxy(Proxy.NO_PROXY);
        if (unix()) {
            builder.socketFactory(new UnixSockets(Path.of(address.substring("unix/".length()))));
        }
        this.client = builder.build();
    }

    private boolean unix() {
        return address.startsWith("unix/");
    }

    /** Returns what runs, and the mark that changes with it. */
    public Config config() {
        long end = System.nanoTime() + AWAY_NANOS;
        while (true) {
            try {
                return read();
            } catch (EngineException e) {
                // With each new configuration, the administration is away for a moment.
                if (!(e.getCause() instanceof IOException) || System.nanoTime() > end) {
                    throw e;
                }
                LockSupport.parkNanos(WAIT_NANOS);
            }
        }
    }

    private Config read() {
        try (var response = client.newCall(request("config/").get().build()).execute()) {
            var body = body(response);
            if (!response.isSuccessful()) {
                throw new EngineException(
                        Problem.UNAVAILABLE,
                        "Caddy does not say what it runs: " + Shown.of(said(response, body), SAID_MAX));
            }
            return new Config(mark(response, body), body);
        } catch (IOException e) {
            throw new EngineException(
                    Problem.UNAVAILABLE, "Caddy's administration at " + address + " does not answer", e);
        }
    }

    /**
     * Replaces all that runs.
     *
     * @param mark of what is replaced
     */
    public void replace(String config, String mark) {
        var request = request("config/")
                .header("If-Match", mark)
                // Also if it is the same: what is beside the document, such as a certificate's file, may have changed.
                .header("Cache-Control", "must-revalidate")
                .post(RequestBody.create(config.getBytes(StandardCharsets.UTF_8), JSON))
                .build();
        try (var response = client.newCall(request).execute()) {
            var body = body(response);
            if (response.code() == 412) {
                throw new EngineException(Problem.CHANGED, "somebody else changed what Caddy runs");
            }
            if (!response.isSuccessful()) {
                var said = Withheld.from(said(response, body), ProxyJson.read(config.getBytes(StandardCharsets.UTF_8)));
                throw new EngineException(Problem.REFUSED, "Caddy does not take it: " + Shown.of(said, SAID_MAX));
            }
        } catch (ConnectException e) {
            throw new EngineException(
                    Problem.UNAVAILABLE, "Caddy's administration at " + address + " does not answer", e);
        } catch (IOException e) {
            throw new EngineException(Problem.UNKNOWN, "Caddy did not say whether it took it", e);
        }
    }

    /** Returns what a Caddyfile means: {@code result}, and {@code warnings} if there are some. */
    public Json adapt(String caddyfile) {
        var request = request("adapt")
                .post(RequestBody.create(caddyfile.getBytes(StandardCharsets.UTF_8), MediaType.get("text/caddyfile")))
                .build();
        try (var response = client.newCall(request).execute()) {
            var body = body(response);
            if (!response.isSuccessful()) {
                throw new EngineException(
                        Problem.REFUSED, "Caddy cannot read it: " + Shown.of(said(response, body), SAID_MAX));
            }
            return ProxyJson.read(body.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new EngineException(
                    Problem.UNAVAILABLE, "Caddy's administration at " + address + " does not answer", e);
        }
    }

    private Request.Builder request(String path) {
        var builder = new Request.Builder().url("http://" + (unix() ? "localhost" : address) + "/" + path);
        if (unix()) {
            // 2.6 takes no other one there.
            builder.header("Host", "");
        } else {
            builder.header("Origin", "http://" + address);
        }
        // Caddy notes the headers of requests to its administration: this ties its lines to ours.
        Correlation.current().ifPresent(id -> builder.header(Correlation.HEADER, id));
        return builder;
    }

    private static String body(Response response) throws IOException {
        var source = response.body().source();
        source.request(ANSWER_MAX + 1L);
        if (source.getBuffer().size() > ANSWER_MAX) {
            throw new IOException("an answer of more than " + ANSWER_MAX + " bytes");
        }
        return source.readUtf8();
    }

    /** 2.6 sends its mark behind the body. */
    private static String mark(Response response, String body) throws IOException {
        var header = response.header("Etag");
        var trailer = header == null ? response.trailers().get("Etag") : header;
        return trailer == null ? "\"/config/ " + Fnv.hash(body) + "\"" : trailer;
    }

    private static String said(Response response, String body) {
        try {
            if (ProxyJson.read(body.getBytes(StandardCharsets.UTF_8)) instanceof Json.Obj object
                    && object.members().get("error") instanceof Json.Text error) {
                return error.value();
            }
        } catch (InvalidInputException ignored) {
            // Said in another form.
        }
        return response.code() + " " + body;
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    /**
     * What runs.
     *
     * @param mark changes with it
     * @param text as Caddy writes it; {@code null} if nothing runs
     */
    public record Config(String mark, String text) {}
}
