package dev.rookery.examples.egglab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintCommandTest {

    @TempDir
    private Path folder;

    @Test
    void saysWhatIsOddAndFailsOnlyForWhatCannotBeUsed() throws IOException {
        Files.writeString(folder.resolve("good.json"), "{\"meta\":{\"version\":\"PTDL_v2\"},\"name\":\"Good\"}");

        var odd = RunProgram.with("lint", folder.toString());
        assertThat(odd.code()).isZero();
        assertThat(odd.output()).contains("good.json: warning: docker_images");

        Files.writeString(folder.resolve("bad.json"), "{\n \"meta\": oops}");
        var bad = RunProgram.with("lint", folder.toString());
        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.output()).contains("bad.json: error: ").contains("line 2");
    }

    @Test
    void aFileThatIsNotThereIsAWrongArgument() {
        var run = RunProgram.with("lint", folder.resolve("missing.json").toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errors()).contains("missing.json");
        assertThat(RunProgram.with("lint").code()).isEqualTo(2);
    }
}
