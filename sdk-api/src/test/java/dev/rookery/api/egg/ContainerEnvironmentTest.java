package dev.rookery.api.egg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.ServerId;
import dev.rookery.api.panel.Allocation;
import dev.rookery.api.panel.Allocations;
import dev.rookery.api.panel.Build;
import dev.rookery.api.panel.ServerSettings;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ContainerEnvironmentTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void nodeValuesComeFirstAndWin() {
        var panel = new LinkedHashMap<String, String>();
        panel.put("maxplayers", "8");
        panel.put("STARTUP", "raw");
        panel.put("server_port", "1");
        panel.put("JAR", "a.jar");
        var settings = settings(panel, new Allocation("10.0.0.1", 25565));

        assertThat(ContainerEnvironment.of(settings, BERLIN).toList())
                .containsExactly(
                        "TZ=Europe/Berlin",
                        "STARTUP=./run -p 25565 -m 512 8 a.jar",
                        "SERVER_MEMORY=512",
                        "SERVER_IP=10.0.0.1",
                        "SERVER_PORT=25565",
                        "MAXPLAYERS=8",
                        "JAR=a.jar");
    }

    @Test
    void serverContainerSeesTheBridgeInPlaceOfLoopback() {
        var local = settings(Map.of(), new Allocation("127.0.0.1", 25565));
        var other = settings(Map.of(), new Allocation("10.0.0.1", 25565));
        var none = settings(Map.of(), new Allocation("127.0.0.1", 0));

        assertThat(ip(ContainerEnvironment.of(local, BERLIN, "172.18.0.1"))).isEqualTo("172.18.0.1");
        assertThat(ip(ContainerEnvironment.of(local, BERLIN))).isEqualTo("127.0.0.1");
        assertThat(ip(ContainerEnvironment.of(other, BERLIN, "172.18.0.1"))).isEqualTo("10.0.0.1");
        assertThat(ip(ContainerEnvironment.of(none, BERLIN, "172.18.0.1"))).isEqualTo("127.0.0.1");
    }

    @Test
    void serverMayChooseItsTimeZone() {
        var allocation = new Allocation("10.0.0.1", 1);
        assertThat(ContainerEnvironment.of(settings(Map.of("SERVER_TIMEZONE", "Asia/Tokyo"), allocation), BERLIN)
                        .variables())
                .containsEntry("TZ", "Asia/Tokyo");
        assertThat(ContainerEnvironment.of(settings(Map.of("SERVER_TIMEZONE", "../../etc/x"), allocation), BERLIN)
                        .variables())
                .containsEntry("TZ", "Europe/Berlin");
    }

    @Test
    void leavesOutWhatNoKernelCanHold() {
        var settings = settings(Map.of("", "a", "A=B", "b", "N", "x\0y", "OK", "c"), new Allocation("10.0.0.1", 1));
        assertThat(ContainerEnvironment.of(settings, BERLIN).variables())
                .containsOnlyKeys("TZ", "STARTUP", "SERVER_MEMORY", "SERVER_IP", "SERVER_PORT", "OK");
    }

    @Test
    void showsNoValues() {
        var settings = settings(Map.of("PASSWORD", "hunter2"), new Allocation("10.0.0.1", 1));
        assertThat(ContainerEnvironment.of(settings, BERLIN))
                .asString()
                .contains("PASSWORD")
                .doesNotContain("hunter2");
    }

    private static String ip(ContainerEnvironment environment) {
        return environment.variables().get("SERVER_IP");
    }

    private static ServerSettings settings(Map<String, String> environment, Allocation primary) {
        return ServerSettings.builder()
                .id(OptionalInt.empty())
                .uuid(ServerId.random())
                .meta(new ServerSettings.Meta("n", ""))
                .suspended(false)
                .environment(environment)
                .invocation("./run -p {{SERVER_PORT}} -m {{SERVER_MEMORY}} {{maxplayers}} ${JAR}")
                .skipEggScripts(false)
                .build(Build.builder().memoryMebibytes(512).build())
                .container(new ServerSettings.Container("i"))
                .allocations(Allocations.of(primary, List.of()))
                .mounts(List.of())
                .labels(Map.of())
                .egg(new ServerSettings.EggReference("", List.of(), Map.of()))
                .crashDetectionEnabled(Optional.empty())
                .build();
    }
}
