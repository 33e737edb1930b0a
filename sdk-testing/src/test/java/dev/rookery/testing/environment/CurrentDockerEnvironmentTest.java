package dev.rookery.testing.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.CancelSignal;
import dev.rookery.daemon.DockerOptions;
import dev.rookery.daemon.NetworkOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Containers of a current engine, of which {@code scripts/current-engine} starts one beside that of the machine. */
@Tag("current-engine")
class CurrentDockerEnvironmentTest extends OwnEnvironmentContract.Docker {

    @Override
    DockerOptions options() {
        // Networks of both engines are bridges of one machine: names and addresses of its own.
        var network = NetworkOptions.builder()
                .name("rookery_current")
                .networkMode("rookery_current")
                .bridgeName("rookery-cu0")
                .subnet("10.214.3.0/24")
                .gateway("10.214.3.1")
                .build();
        return DockerOptions.builder()
                .socket(System.getenv("ROOKERY_CURRENT_ENGINE"))
                .network(network)
                .build();
    }

    @Test
    void isNewerThanTheOldestThatIsSupported() {
        try (var environment = open()) {
            var version = environment
                    .images()
                    .orElseThrow()
                    .engine(CancelSignal.create())
                    .version();

            assertThat(Integer.parseInt(version.substring(0, version.indexOf('.'))))
                    .isGreaterThanOrEqualTo(26);
        }
    }
}
