package dev.rookery.api.egg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.ServerId;
import dev.rookery.api.config.ConfigurationKeys;
import dev.rookery.api.panel.Allocation;
import dev.rookery.api.panel.Allocations;
import dev.rookery.api.panel.Build;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceholdersTest {

    private static final Placeholders PLACEHOLDERS = placeholders();

    /** Eggs §9.4, panel remote API §6.1: the union of both panels. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "0.0.0.0:{{server.build.default.port}}~0.0.0.0:7777",
                "{{server.allocations.default.ip}}:{{server.allocations.default.port}}~10.0.0.1:7777",
                "{{server.build.default.ip}}~10.0.0.1",
                "{{server.build.env.GREETING}} {{env.GREETING}}~hi hi",
                "{{server.environment.GREETING}}{{server.build.environment.GREETING}}~hihi",
                "{{server.build.env.SERVER_PORT}} {{env.SERVER_IP}} {{server.environment.SERVER_MEMORY}}~7777 10.0.0.1 512",
                "{{server.build.memory}} {{server.build.memory_limit}}~512 512",
                "{{server.build.swap}} {{server.build.threads}}~-1 0-1",
                "{{server.build.disk}} {{server.build.disk_space}}~1024 1024",
                "{{server.build.cpu}} {{server.build.cpu_limit}}~200 200",
                "{{server.build.io}} {{server.build.io_weight}}~500 500",
                "{{server.uuid}}~5f2a6c1e-3f7b-4f0b-9a53-0d6f7f1a2b3c",
                "{{server.meta.name}} {{server.id}} {{server.container.image}} {{server.build.image}}~Name 41 i:1 i:1",
                "x{{server.build.env.NOPE}}{{server.nope}}y~xy",
                "{{GREETING}} {{config.docker.interface}}~{{GREETING}} {{config.docker.interface}}",
                "{{ server.build.default.port }}~7777",
                "{{env.TRICKY}}~{{env.GREETING}} $1 \\",
                "{{env.GREETING} {env.GREETING}} {{env.{GREETING}}~{{env.GREETING} {env.GREETING}} {{env.{GREETING}}",
                "{{env.greeting}}|~|"
            })
    void resolvesBothVocabularies(String value, String expected) {
        assertThat(PLACEHOLDERS.resolve(value)).isEqualTo(expected);
    }

    @Test
    void tellsWhatNamesNothing() {
        var unknown = new ArrayList<String>();
        PLACEHOLDERS.resolve("{{env.NOPE}} {{env.GREETING}} {{server.x}} {{config.x}}", unknown::add);
        assertThat(unknown).containsExactly("env.NOPE", "server.x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "{{config.docker.interface}}:1~172.18.0.1:1",
                "{{ config.docker.network.interface }}~172.18.0.1",
                "{{config.docker.network.interfaces}} {{config.}} {{config.x}}~{{config.docker.network.interfaces}} {{config.}} {{config.x}}",
                "{{server.build.default.port}} {{env.X}} ${X}~{{server.build.default.port}} {{env.X}} ${X}"
            })
    void resolvesTheNodesOwn(String value, String expected) {
        assertThat(Placeholders.ofNode("172.18.0.1").resolve(value)).isEqualTo(expected);
    }

    /** CVE-2026-52855: the token of a node could be read through an egg. */
    @Test
    void readsNothingElseOfANodesConfiguration() {
        var node = Placeholders.ofNode("172.18.0.1");
        assertThat(ConfigurationKeys.all()).hasSizeGreaterThan(100).allSatisfy(key -> {
            for (var spelled : List.of(
                    key.name(), key.name().toUpperCase(Locale.ROOT), key.name().replace('_', '-'))) {
                var placeholder = "{{config." + spelled + "}}";
                boolean address = spelled.equals("docker.network.interface");
                assertThat(node.resolve(placeholder)).isEqualTo(address ? "172.18.0.1" : placeholder);
                assertThat(PLACEHOLDERS.resolve(placeholder)).isEqualTo(placeholder);
                assertThat(PLACEHOLDERS.resolve("{{server." + spelled + "}}{{env." + spelled + "}}"))
                        .as(spelled)
                        .isEqualTo(spelled.equals("uuid") ? "5f2a6c1e-3f7b-4f0b-9a53-0d6f7f1a2b3c" : "");
            }
        });
    }

    @Test
    void resolvesNamesInTheNameOfAFile() {
        var values = Map.of("SERVER_PORT", "7777", "A", "{{B}}", "B", "x");
        assertThat(Placeholders.resolveNames("cfg/{{SERVER_PORT}}/${A}-{{C}} {{ B }}.ini", values))
                .isEqualTo("cfg/7777/{{B}}-{{C}} {{ B }}.ini");
    }

    private static Placeholders placeholders() {
        var egg = EggReader.read(
                        EggFiles.minimal("\"variables\":[{\"env_variable\":\"GREETING\",\"default_value\":\"hi\"},"
                                + "{\"env_variable\":\"TRICKY\",\"default_value\":\"{{env.GREETING}} $1 \\\\\"}]"))
                .egg();
        var plan = ServerPlan.builder()
                .id(ServerId.parse("5f2a6c1e-3f7b-4f0b-9a53-0d6f7f1a2b3c"))
                .number(41)
                .name("Name")
                .image("i:1")
                .startup("s")
                .limits(Build.builder()
                        .memoryMebibytes(512)
                        .swapMebibytes(-1)
                        .diskMebibytes(1024)
                        .cpuPercent(200)
                        .threads("0-1")
                        .build())
                .allocations(Allocations.of(new Allocation("10.0.0.1", 7777), List.of()))
                .build();
        return Placeholders.of(ServerAssembly.configuration(egg, plan).settings());
    }
}
