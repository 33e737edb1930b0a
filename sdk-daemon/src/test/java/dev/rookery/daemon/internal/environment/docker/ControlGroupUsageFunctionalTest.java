package dev.rookery.daemon.internal.environment.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Usage of a container of the real engine, whose processes this machine sees. */
@Tag("docker")
@Tag("root")
@Timeout(60)
class ControlGroupUsageFunctionalTest {

    private final String name = "rookery-usage-" + UUID.randomUUID();
    private final ControlGroupUsage usage = new ControlGroupUsage();

    @AfterEach
    void remove() throws IOException, InterruptedException {
        docker("rm", "-f", name);
    }

    private static String docker(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output.strip();
    }

    @Test
    void isThatOfTheContainer() throws IOException, InterruptedException {
        docker(
                "run",
                "-d",
                "--name",
                name,
                "--network",
                "none",
                "--memory",
                "48m",
                "--cpus",
                "0.2",
                "--entrypoint",
                "sh",
                "rookery/test:1",
                "-c",
                "while :; do :; done");
        var found = docker("inspect", "-f", "{{.Id}} {{.State.Pid}}", name).split(" ", -1);
        usage.found(name, found[0], Long.parseLong(found[1]));

        var first = usage.sample(name).orElseThrow();

        assertThat(first.memoryLimitBytes()).isEqualTo(48L << 20);
        assertThat(first.memoryBytes()).isPositive().isLessThan(48L << 20);
        assertThat(first.rxBytes()).as("no network").isZero();
        await().atMost(20, TimeUnit.SECONDS)
                .until(() -> usage.sample(name).orElseThrow().cpuPercent() > 5);
        docker("kill", name);
        await().until(() -> usage.sample(name).isEmpty());
        assertThat(usage.knows(name)).isFalse();
    }
}
