package dev.rookery.examples.egglab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On children of this machine. */
@Tag("root")
@Timeout(120)
class TestCommandTest {

    @TempDir
    private Path folder;

    @Test
    void installsStartsAndStopsAServer() throws IOException {
        var run = test("echo set up >ready.txt", "cat ready.txt; read line; echo \\\"Got $line\\\"", "stop");

        assertThat(run.output()).contains("set up", "Got stop", "egg.json: installed, started and stopped");
        assertThat(run.code()).isZero();
    }

    @Test
    void saysForProgramsWhatIsNoEgg() throws IOException {
        var file = folder.resolve("egg.json");
        Files.writeString(file, "{");
        var run = RunProgram.with("test", "--runtime", "process", "--format", "json", file.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.output()).startsWith("[{").contains("\"works\":false", "error: ");
    }

    @Test
    void saysThatAnInstallScriptFails() throws IOException {
        var run = test("exit 3", "true", "stop");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.output()).contains("egg.json: could not be installed");
    }

    @Test
    void saysThatAServerNeverSaysThatItIsUp() throws IOException {
        var run = test("true", "echo hello; sleep 60", "stop", "6");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.output()).contains("did not say within 6 s that it is up");
    }

    @Test
    void saysThatAServerEndsTooEarlyOrNotAtAll() throws IOException {
        assertThat(test("true", "echo hello; exit 1", "stop").output()).contains("ended before it was up");
        assertThat(test("true", "echo set up; sleep 60", "stop").output()).contains("did not stop within 2 s");
    }

    private RunProgram test(String script, String startup, String stop) throws IOException {
        return test(script, startup, stop, "60");
    }

    private RunProgram test(String script, String startup, String stop, String startSeconds) throws IOException {
        var egg = folder.resolve("egg.json");
        Files.writeString(egg, """
                {"meta":{"version":"PTDL_v2"},"name":"Trial","docker_images":{"a":"none"},"startup":"%s",
                 "config":{"files":{},"startup":{"done":"set up"},"stop":"%s"},"variables":[],
                 "scripts":{"installation":{"script":"set -eu\\ncd /mnt/server\\n%s\\n","container":"none","entrypoint":"sh"}}}
                """.formatted(startup, stop, script));
        return RunProgram.with(
                "test", "--runtime", "process", "--start-seconds", startSeconds, "--stop-seconds", "2", egg.toString());
    }
}
