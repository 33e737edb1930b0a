package dev.rookery.proxy.internal.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.Finding;
import dev.rookery.proxy.NginxConfig;
import dev.rookery.proxy.ProxyFeatures;
import dev.rookery.proxy.RouteCheck;
import dev.rookery.proxy.internal.caddy.RandomRoutes;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real nginx takes what is made for it. */
@Tag("nginx")
class NginxEngineTest {

    private static final int DOCUMENTS = 300;

    @TempDir
    Path folder;

    @Test
    void takesWhatIsMadeOfRandomDocuments() throws Exception {
        var nginx = new NginxProgram(folder);
        var engine = nginx.features();
        var certificate = nginx.certificate();
        for (int seed = 0; seed < DOCUMENTS; seed++) {
            var document = RandomRoutes.forNginx(seed, certificate).document();
            assertThat(RouteCheck.check(document, engine)).as("seed %s", seed).noneMatch(Finding::error);

            var config = NginxConfig.of(document, engine, nginx.options(seed));

            assertThat(nginx.validate(config))
                    .as("seed %s: %s", seed, config.main())
                    .isEmpty();
        }
    }

    @Test
    void takesWhatIsMadeOfEachFeature() throws Exception {
        var nginx = new NginxProgram(folder);
        var engine = nginx.features();
        int count = 0;
        for (var feature : ProxyFeatures.documents().entrySet()) {
            if (RouteCheck.check(feature.getValue(), engine).stream().noneMatch(Finding::error)) {
                var config = NginxConfig.of(feature.getValue(), engine, nginx.options(1));
                assertThat(nginx.validate(config))
                        .as("%s: %s", feature.getKey(), config.main())
                        .isEmpty();
                count++;
            }
        }
        assertThat(count).isGreaterThan(40);
    }
}
