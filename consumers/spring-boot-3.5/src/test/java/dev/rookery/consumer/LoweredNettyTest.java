package dev.rookery.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.panel.Panel;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.daemon.ApiOptions;
import dev.rookery.daemon.Daemon;
import dev.rookery.daemon.DaemonOptions;
import io.netty.util.Version;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spring Boot 3.5 lowers Netty to 4.1, which the daemon cannot run on. */
class LoweredNettyTest {
    @TempDir
    Path folder;

    @Test
    void nettyIsSpringBoots() {
        assertThat(Version.identify().get("netty-common").artifactVersion()).startsWith("4.1.");
    }

    @Test
    void theDaemonNamesThePropertyToSet() {
        DaemonOptions options = DaemonOptions.builder(UUID.randomUUID(), folder)
                .credentials(new NodeCredentials("0123456789abcdef", "x".repeat(64)))
                .api(ApiOptions.builder().host("127.0.0.1").port(0).build())
                .build();

        assertThatThrownBy(() -> {
                    try (Daemon daemon = Daemon.builder(options, absentPanel()).build()) {
                        daemon.start();
                    }
                })
                .hasMessageContaining("4.1.")
                .hasMessageContaining("netty.version");
    }

    private static Panel absentPanel() {
        return (Panel) Proxy.newProxyInstance(
                Panel.class.getClassLoader(), new Class<?>[] {Panel.class}, (proxy, method, arguments) -> {
                    throw new AssertionError("nobody asks the panel: " + method);
                });
    }
}
