package dev.rookery.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.internal.json.ProxyJson;
import dev.rookery.proxy.route.EngineKind;
import dev.rookery.proxy.route.ProxyDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is made of each feature, byte by byte, and what is said where an engine cannot do it. Run with {@code -Drookery.golden=accept} to take what is
 * made now for right, and look at the difference.
 */
class GoldenConfigTest {

    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");
    private static final boolean ACCEPT = "accept".equals(System.getProperty("rookery.golden"));
    private static final EngineFeatures NGINX = new EngineFeatures(EngineKind.NGINX, "1.22.1", Set.of("stream"));

    /** With all that plugins add. */
    private static final EngineFeatures NEWER = new EngineFeatures(
            EngineKind.CADDY,
            "2.11.4",
            Set.of("http.handlers.rate_limit", "http.handlers.cache", "http.matchers.maxmind_geolocation", "layer4"));

    static Stream<String> features() {
        return ProxyFeatures.documents().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("features")
    void isMadeAsBefore(String feature) throws IOException {
        var document = ProxyFeatures.documents().get(feature);
        compare(feature + ".caddy-2.6.json", caddy(document, EngineFeatures.caddy("2.6.2")));
        compare(feature + ".caddy-2.11.json", caddy(document, NEWER));
        compare(feature + ".nginx.conf", nginx(document));
    }

    private static void compare(String name, String made) throws IOException {
        var file = FOLDER.resolve(name);
        if (ACCEPT) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, made);
        }
        assertThat(made).as(name).isEqualTo(Files.readString(file));
    }

    private static String caddy(ProxyDocument document, EngineFeatures engine) {
        return refusal(document, engine).orElseGet(() -> {
            var config = CaddyConfig.of(document, engine, CaddyOptions.usual(7)).json();
            return new String(ProxyJson.write(ProxyJson.read(ProxyJson.canonical(config))), StandardCharsets.UTF_8)
                    + "\n";
        });
    }

    private static String nginx(ProxyDocument document) {
        return refusal(document, NGINX).orElseGet(() -> {
            var options =
                    NginxOptions.builder(7).addResolvers("127.0.0.1:20053").build();
            return new TreeMap<>(NginxConfig.of(document, NGINX, options).files())
                    .entrySet().stream()
                            .map(file ->
                                    "# " + file.getKey() + "\n" + new String(file.getValue(), StandardCharsets.UTF_8))
                            .collect(Collectors.joining());
        });
    }

    private static Optional<String> refusal(ProxyDocument document, EngineFeatures engine) {
        var said = RouteCheck.check(document, engine).stream()
                .filter(Finding::error)
                .map(finding -> finding + "\n")
                .collect(Collectors.joining());
        return said.isEmpty() ? Optional.empty() : Optional.of(said);
    }
}
