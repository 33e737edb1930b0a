package dev.rookery.proxy.internal.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.Finding;
import dev.rookery.proxy.NginxConfig;
import dev.rookery.proxy.ProxyFeatures;
import dev.rookery.proxy.RouteCheck;
import dev.rookery.proxy.internal.caddy.RandomRoutes;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real nginx takes what is made for it. */
@Tag("nginx")
class NginxEngineTest {

    private static final int DOCUMENTS = 300;
    private static final int SOAK_DOCUMENTS = 5_000;

    @TempDir
    Path folder;

    @Test
    void takesWhatIsMadeOfRandomDocuments() throws Exception {
        taken(DOCUMENTS);
    }

    @Tag("soak")
    @Test
    @Timeout(value = 6, unit = TimeUnit.HOURS)
    void takesWhatIsMadeOfManyRandomDocuments() throws Exception {
        taken(SOAK_DOCUMENTS);
        System.out.println("RESULT: " + SOAK_DOCUMENTS + " random documents: all taken by "
                + new NginxProgram(folder).features().title());
    }

    private void taken(int documents) throws Exception {
        var nginx = new NginxProgram(folder);
        var engine = nginx.features();
        var certificate = nginx.certificate();
        for (int seed = 0; seed < documents; seed++) {
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
