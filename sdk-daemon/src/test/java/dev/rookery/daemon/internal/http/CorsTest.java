package dev.rookery.daemon.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which pages a browser lets talk to the node. Source: node API §1.3. */
@Timeout(60)
class CorsTest {

    private static final String PRIVATE = "Access-Control-Request-Private-Network";

    @TempDir
    Path folder;

    private static String origin(EdgeFixture edge, String origin) {
        return header(
                edge.send(edge.request("/api/system").header("Origin", origin).GET()));
    }

    private static String header(HttpResponse<String> response) {
        return response.headers().firstValue("Access-Control-Allow-Origin").orElse("");
    }

    @Test
    void namesThePanelToStrangers() {
        try (var edge = new EdgeFixture(folder)) {
            assertThat(origin(edge, EdgeFixture.PANEL)).isEqualTo(EdgeFixture.PANEL);
            assertThat(origin(edge, "https://evil.example")).isEqualTo(EdgeFixture.PANEL);
            assertThat(edge.get("/api/system").headers().firstValue(PRIVATE)).isEmpty();
        }
    }

    @Test
    void echoesAnAllowedOriginAndNothingElse() {
        try (var edge = new EdgeFixture(
                folder, options -> options.allowedOrigins(List.of("https://other.example")), limits -> limits)) {
            assertThat(origin(edge, "https://other.example")).isEqualTo("https://other.example");
            assertThat(origin(edge, "https://evil.example")).isEqualTo(EdgeFixture.PANEL);
        }
    }

    @Test
    void saysTheStarItself() {
        try (var edge = new EdgeFixture(folder, options -> options.allowedOrigins(List.of("*")), limits -> limits)) {
            assertThat(origin(edge, "https://any.example")).isEqualTo("*");
        }
    }

    @Test
    void letsPagesOfPublicAddressesInWhereThatIsWanted() {
        try (var edge = new EdgeFixture(folder, options -> options.allowPrivateNetwork(true), limits -> limits)) {
            var preflight = edge.send(edge.request("/api/servers/anything")
                    .header("Origin", EdgeFixture.PANEL)
                    .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));

            assertThat(preflight.statusCode()).isEqualTo(204);
            assertThat(preflight.headers().firstValue(PRIVATE)).hasValue("true");
        }
    }

    @Test
    void tellsItsVersion() {
        try (var edge = new EdgeFixture(folder, options -> options.version("1.2.3"), limits -> limits)) {
            assertThat(edge.get("/api/system").headers().firstValue("User-Agent"))
                    .hasValueSatisfying(name -> assertThat(name).startsWith("Pelican Wings/v1.2.3 (id:"));
        }
    }
}
