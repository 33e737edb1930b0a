package dev.rookery.proxy.cloudflare;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.internal.cloudflare.Answer;
import dev.rookery.proxy.internal.json.ProxyJson;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a cloudflared how it is, at the address of its metrics. Thread-safe. */
@Incubating
public final class ConnectorMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectorMetrics.class);
    private static final long BYTES_MAX = 1024 * 1024;

    private final OkHttpClient client = new OkHttpClient.Builder()
            .callTimeout(Duration.ofSeconds(1))
            .followRedirects(false)
            .build();

    private final String address;

    /**
     * Creates it; asks nothing.
     *
     * @param address where it tells how it is, such as {@code 127.0.0.1:20241}
     */
    public ConnectorMetrics(String address) {
        this.address = requireNonNull(address, "address");
    }

    /** Returns how a connector is whose program runs. Asks it, for two seconds at most; one that does not answer is not ready. */
    public ConnectorStatus ask() {
        var ready = get("ready");
        long version = get("config").number("version").orElse(-1);
        return new ConnectorStatus(
                true,
                ready.number("status").orElse(0) == 200,
                (int) ready.number("readyConnections").orElse(0),
                version < 0 ? OptionalLong.empty() : OptionalLong.of(version),
                OptionalInt.empty());
    }

    private Answer get(String what) {
        var request =
                new Request.Builder().url("http://" + address + "/" + what).build();
        try (var response = client.newCall(request).execute()) {
            return Answer.of(ProxyJson.read(response.peekBody(BYTES_MAX).bytes()));
        } catch (IOException | InvalidInputException e) {
            LOG.debug("a connector does not say how it is: {}", e.getMessage());
            return new Answer(Map.of());
        }
    }
}
