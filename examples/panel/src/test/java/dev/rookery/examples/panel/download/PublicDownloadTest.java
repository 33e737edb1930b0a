package dev.rookery.examples.panel.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.UnavailableException;
import dev.rookery.kit.net.PublicAddresses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import okhttp3.Dns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loading by address, with a real server on the loopback that must be reached only where a test allows it. */
class PublicDownloadTest {

    private static final int MAX = 1000;

    private final AtomicInteger reached = new AtomicInteger();
    private HttpServer server;
    private int port;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        port = server.getAddress().getPort();
        server.createContext("/egg", exchange -> answer(exchange, 200, "an egg".getBytes(StandardCharsets.UTF_8)));
        server.createContext("/large", exchange -> answer(exchange, 200, new byte[MAX + 1]));
        server.createContext("/bomb", exchange -> {
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            answer(exchange, 200, packed(new byte[100 * MAX]));
        });
        server.createContext("/missing", exchange -> answer(exchange, 404, new byte[0]));
        server.createContext("/to", exchange -> {
            exchange.getResponseHeaders()
                    .add("Location", exchange.getRequestURI().getQuery());
            answer(exchange, 302, new byte[0]);
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:PORT/egg",
                "http://localhost:PORT/egg",
                "http://[::1]:PORT/egg",
                "http://[::ffff:127.0.0.1]:PORT/egg",
                "http://[::ffff:7f00:1]:PORT/egg",
                "http://2130706433:PORT/egg",
                "http://0x7f.1:PORT/egg",
                "http://0177.0.0.1:PORT/egg",
                "http://127.1:PORT/egg",
                "http://0.0.0.0:PORT/egg",
                "http://169.254.169.254/latest/meta-data/",
                "http://[fd00:ec2::254]/latest/meta-data/"
            })
    void reachesNothingThatIsNotPublic(String url) {
        var guarded = new PublicDownload(MAX);

        assertThatThrownBy(() -> guarded.load(url.replace("PORT", Integer.toString(port))))
                .isInstanceOfAny(InvalidInputException.class, UnavailableException.class);
        assertThat(reached).hasValue(0);
    }

    @Test
    void judgesWhereANameLeadsAndNotTheName() {
        var lying =
                new PublicDownload(MAX, PublicAddresses::contain, name -> List.of(InetAddress.getLoopbackAddress()));

        assertThatThrownBy(() -> lying.load("http://eggs.example:" + port + "/egg"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("not public");
        assertThat(reached).hasValue(0);
    }

    @Test
    void judgesEachRedirectAnew() {
        // The first server may be reached, as if it were public; where it leads may not.
        var open = new PublicDownload(MAX, address -> address.isLoopbackAddress(), Dns.SYSTEM);
        var start = "http://127.0.0.1:" + port + "/to?";

        assertThat(open.load(start + "/egg")).asString(StandardCharsets.UTF_8).isEqualTo("an egg");
        for (var target : List.of("http://169.254.169.254/latest", "http://[fd00:ec2::254]/", "http://10.0.0.1/")) {
            assertThatThrownBy(() -> open.load(start + target))
                    .as(target)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("not public");
        }
        assertThatThrownBy(() -> open.load(start + "file:///etc/passwd")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> open.load(start + "/to?/to?/to?/to?/to?/egg")).hasMessageContaining("redirects");
    }

    @Test
    void takesNoMoreThanItMay() {
        var open = new PublicDownload(MAX, address -> address.isLoopbackAddress(), Dns.SYSTEM);

        for (var path : List.of("/large", "/bomb")) {
            assertThatThrownBy(() -> open.load("http://127.0.0.1:" + port + path))
                    .as(path)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("more than " + MAX);
        }
        assertThatThrownBy(() -> open.load("http://127.0.0.1:" + port + "/missing"))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("404");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "egg.json", "ftp://example.org/egg", "file:///etc/passwd", "https://user:pw@example.org/"})
    void refusesOtherAddresses(String url) {
        assertThatThrownBy(() -> new PublicDownload(MAX).load(url)).isInstanceOf(InvalidInputException.class);
    }

    private void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        reached.incrementAndGet();
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }
}
