package dev.rookery.examples.egglab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.Json;
import dev.rookery.api.dialect.WireJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateCommandTest {

    @TempDir
    private Path folder;

    private String egg = "";

    @BeforeEach
    void writeEgg() throws IOException {
        egg = folder.resolve("egg.json").toString();
        Files.writeString(Path.of(egg), """
                {"meta":{"version":"PTDL_v2"},"name":"Sim","docker_images":{"a":"example/a:1"},"startup":"run {{SLOTS}}",
                 "config":{"files":{"a.cfg":{"parser":"file","find":{"slots":"slots={{env.SLOTS}}"}}},"startup":{"done":"up"},"stop":"quit"},
                 "variables":[{"env_variable":"SLOTS","default_value":"5","rules":"required|integer|max:9"}]}
                """);
    }

    @Test
    void printsWhatANodeWouldDo() {
        var run = RunProgram.with("simulate", "--set", "SLOTS=7", egg);

        assertThat(run.code()).isZero();
        assertThat(run.output()).contains("startup: run 7", "slots = slots=7", "types 'quit' into the console");
    }

    @Test
    void printsItForPrograms() {
        var run = RunProgram.with("simulate", "--format", "json", "-s", "SLOTS=7", egg);

        assertThat(run.code()).isZero();
        var document = (Json.Obj)
                ((Json.Array) WireJson.read(run.output(), Json.class)).items().get(0);
        assertThat(document.members())
                .containsEntry("startup", new Json.Text("run 7"))
                .containsEntry("installation", Json.Null.INSTANCE)
                .containsKeys("environment", "files", "done", "stop", "remarks");
    }

    @Test
    void failsOnRemarksOnlyIfAsked() {
        assertThat(RunProgram.with("simulate", "-s", "SLOTS=10", egg).code()).isZero();
        var strict = RunProgram.with("simulate", "--strict", "-s", "SLOTS=10", egg);
        assertThat(strict.code()).isEqualTo(1);
        assertThat(strict.output()).contains("SLOTS: '10' (expected: at most 9)");
    }

    @Test
    void failsOnWhatIsNoEgg() throws IOException {
        Files.writeString(Path.of(egg), "{");
        assertThat(RunProgram.with("simulate", egg).code()).isEqualTo(1);
        var json = RunProgram.with("simulate", "--format", "json", egg);
        assertThat(json.output()).startsWith("[{\"file\":").contains("\"error\":");
    }
}
