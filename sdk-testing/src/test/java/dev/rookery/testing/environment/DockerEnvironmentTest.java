package dev.rookery.testing.environment;

import dev.rookery.daemon.DockerOptions;
import org.junit.jupiter.api.Tag;

/** Containers of this machine's engine. */
@Tag("docker")
class DockerEnvironmentTest extends OwnEnvironmentContract.Docker {

    @Override
    DockerOptions options() {
        return DockerOptions.builder().build();
    }
}
