package dev.rookery.api.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.node.Utilization;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.ServerSettings;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class WireJsonTest {

    private static final String SETTINGS = """
            {"settings":{"id":41,"uuid":"5f2a6c1e-3f7b-4f0b-9a53-0d6f7f1a2b3c","meta":{"name":"Survival","description":null},
             "suspended":0,"environment":{"A":"x","N":25,"B":true,"Z":null},"invocation":"./run {{A}}","skip_egg_scripts":false,
             "build":{"memory_limit":"4096","swap":0,"io_weight":500,"cpu_limit":200,"threads":null,"disk_space":10240,
                      "oom_disabled":true},
             "container":{"image":"rookery/test:1","requires_rebuild":false},
             "allocations":{"force_outgoing_ip":false,"default":null,"mappings":{"127.0.0.1":[25565]}},
             "egg":{"id":"e","file_denylist":null},"unknown":{"x":1}},
             "process_configuration":{"startup":{"done":["up"],"user_interaction":[],"strip_ansi":false},
              "stop":{"type":"command","value":"stop"},
              "configs":[{"file":"a.yml","parser":"yaml","replace":[{"match":"a","if_value":"1","replace_with":true},
                {"match":"b","replace_with":null}]}]}}
            """;

    @Test
    void readsTolerantlyAndWritesBothOomSpellings() {
        var read = WireJson.read(SETTINGS, ServerConfiguration.class);

        assertThat(read.settings().environment())
                .containsEntry("N", "25")
                .containsEntry("B", "true")
                .containsEntry("Z", "");
        assertThat(read.settings().build().memoryMebibytes()).isEqualTo(4096);
        assertThat(read.settings().build().oomKiller()).isFalse();
        assertThat(read.settings().allocations().primary().port()).isZero();
        assertThat(WireJson.writeText(read))
                .contains("\"oom_killer\":false", "\"oom_disabled\":true", "\"default\":{\"ip\"");
        assertThat(WireJson.read(WireJson.write(read), ServerConfiguration.class))
                .isEqualTo(read);
    }

    @Test
    void namesTheplaceOfABadValue() {
        assertThatThrownBy(() -> WireJson.read(SETTINGS.replace("\"4096\"", "-5"), ServerConfiguration.class))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("memory_limit: -5 (expected: >= 0)")
                .hasMessageContaining("settings.build");
        assertThatThrownBy(() -> WireJson.read("{oops", ServerConfiguration.class))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("not JSON at line 1");
    }

    @Test
    void refusesAnotherKindOfTreeThanTheOneAskedFor() {
        assertThatThrownBy(() -> WireJson.read("\"text\"", Json.Obj.class))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Text (expected: Obj as JSON)");
    }

    @Test
    void readsTimesOfEverySpelling() {
        for (var time : List.of(
                "2026-01-02T03:04:05.123456789Z",
                "2026-01-02T05:04:05.123456789+02:00",
                "2026-01-02T03:04:05.123456789+0000")) {
            var entry =
                    WireJson.read("{\"name\":\"a\",\"mode_bits\":644,\"modified\":\"" + time + "\"}", FileEntry.class);
            assertThat(entry.modified()).as(time).isEqualTo(Instant.parse("2026-01-02T03:04:05.123456789Z"));
            assertThat(entry.created()).isEqualTo(entry.modified());
            assertThat(entry.modeBits()).hasToString("644");
        }
    }

    @Test
    void skipsHolesInLists() {
        assertThat(WireJson.read("{\"disk_details\":[null,{\"tags\":[null,\"Root\"]}]}", Utilization.class)
                        .disks())
                .singleElement()
                .returns(List.of("Root"), Utilization.Disk::tags)
                .returns("", Utilization.Disk::device);
    }

    @Test
    void framesSurviveTheRoundTrip() {
        var numbered = new ConsoleEvent.Output("hi", OptionalLong.of(7));
        assertThat(ConsoleFrames.write(frame(numbered, true)))
                .isEqualTo("{\"event\":\"console output\",\"args\":[\"hi\",\"7\"]}");
        assertThat(ConsoleFrames.write(frame(numbered, false)))
                .isEqualTo("{\"event\":\"console output\",\"args\":[\"hi\"]}");
        assertThat(EventDialect.event(frame(numbered, true))).isEqualTo(numbered);
        assertThat(ConsoleFrames.write(frame(new ConsoleEvent.Connected(), false)))
                .isEqualTo("{\"event\":\"auth success\"}");
        assertThat(ConsoleFrames.read("{\"event\":\"send logs\",\"args\":[null]}")
                        .text())
                .isEmpty();
    }

    @Test
    void takesAnEmptyListForAnEmptyMap() {
        var settings = WireJson.read("""
                {"uuid":"5f2a6c1e-3f7b-4f0b-9a53-0d6f7f1a2b3c","environment":[],"labels":[],
                 "build":{},"container":{"image":"x"},"allocations":{"mappings":[]},"egg":{"features":[]}}
                """, ServerSettings.class);

        assertThat(settings.environment()).isEmpty();
        assertThat(settings.egg().features()).isEmpty();
    }

    private static ConsoleFrames.Frame frame(ConsoleEvent event, boolean numbered) {
        return EventDialect.of(Dialect.PELICAN).frame(event, numbered).orElseThrow();
    }
}
