package dev.rookery.proxy.internal.caddy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.CaddyConfig;
import dev.rookery.proxy.CaddyOptions;
import dev.rookery.proxy.EngineFeatures;
import dev.rookery.proxy.Finding;
import dev.rookery.proxy.ProxyFeatures;
import dev.rookery.proxy.RouteCheck;
import dev.rookery.proxy.route.ProxyDocument;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A real Caddy takes what is made for it. */
@Tag("caddy")
class CaddyEngineTest {

    private static final int DOCUMENTS = 300;
    private static final int SOAK_DOCUMENTS = 5_000;

    @TempDir
    Path folder;

    static List<String> programs() {
        return CaddyProgram.all();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void takesWhatIsMadeOfRandomDocuments(String program) throws Exception {
        taken(program, DOCUMENTS);
    }

    @Tag("soak")
    @ParameterizedTest
    @Timeout(value = 6, unit = TimeUnit.HOURS)
    @MethodSource("programs")
    void takesWhatIsMadeOfManyRandomDocuments(String program) throws Exception {
        taken(program, SOAK_DOCUMENTS);
        System.out.println("RESULT: " + SOAK_DOCUMENTS + " random documents: all taken by "
                + new CaddyProgram(program, folder).features().title());
    }

    private void taken(String program, int documents) throws Exception {
        var caddy = new CaddyProgram(program, folder);
        var engine = caddy.features();
        for (int seed = 0; seed < documents; seed++) {
            var document = RandomRoutes.forCaddy(seed, engine).document();
            assertThat(RouteCheck.check(document, engine)).as("seed %s", seed).noneMatch(Finding::error);

            var config =
                    CaddyConfig.of(document, engine, CaddyOptions.usual(seed)).bytes();

            assertThat(caddy.validate(config))
                    .as("seed %s: %s", seed, new String(config, StandardCharsets.UTF_8))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void takesWhatIsMadeOfEachFeature(String program) throws Exception {
        var caddy = new CaddyProgram(program, folder);
        var engine = caddy.features();
        int count = 0;
        for (var feature : ProxyFeatures.documents().entrySet()) {
            if (RouteCheck.check(feature.getValue(), engine).stream().noneMatch(Finding::error)) {
                var config = CaddyConfig.of(feature.getValue(), engine, CaddyOptions.usual(1));
                // A log file is made even when a configuration is only looked at.
                var bytes = new String(config.bytes(), StandardCharsets.UTF_8)
                        .replace("/var/log/rookery", folder.toString());
                assertThat(caddy.validate(bytes.getBytes(StandardCharsets.UTF_8)))
                        .as(feature.getKey())
                        .isEmpty();
                count++;
            }
        }
        assertThat(count).isGreaterThan(40);
    }

    @Test
    void refusesWhatIsMadeForANewerOne() throws Exception {
        var caddy = new CaddyProgram(CaddyProgram.all().get(0), folder);
        var newest = EngineFeatures.caddy("9.0.0");
        var settings = dev.rookery.proxy.route.ProxySettings.builder()
                .addTrustedProxies("10.0.0.0/8")
                .build();
        var config = CaddyConfig.of(ProxyDocument.builder().settings(settings).build(), newest, CaddyOptions.usual(0));

        boolean old = !caddy.features().atLeast(2, 7);
        assertThat(caddy.validate(config.bytes()).isPresent())
                .as("a check that can fail")
                .isEqualTo(old);
    }
}
