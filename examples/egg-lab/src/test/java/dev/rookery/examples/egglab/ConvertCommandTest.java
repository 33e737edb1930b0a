package dev.rookery.examples.egglab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.egg.EggFormat;
import dev.rookery.api.egg.EggReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertCommandTest {

    @TempDir
    private Path folder;

    @Test
    void writesOneEggToTheStandardOutputAndTheReportBeside() {
        var run = RunProgram.with("convert", "--to=PTDL_v2", good());
        assertThat(run.code()).isZero();
        assertThat(EggReader.read(run.output()).egg().format()).isEqualTo(EggFormat.PTDL_V2);
        assertThat(run.errors())
                .contains("warning: startup_commands: left out: PTDL_v2: there is one command", "[left-out]")
                .contains(
                        "note: config.files['server.cfg'].find: rewritten: PTDL_v2: placeholders are in the words of Pterodactyl")
                .contains("1 egg: 0 errors, 2 warnings, 1 note");
    }

    @Test
    void writesManyIntoAFolderWithTheirOwnFolders() throws IOException {
        good();
        Eggs.write(folder, "eggs/b/odd.yaml", Eggs.ODD);
        Eggs.write(folder, "eggs/bad.json", Eggs.BAD);
        var eggs = folder.resolve("eggs").toString();
        var out = folder.resolve("out");

        assertThat(RunProgram.with("convert", "--to=plcn_v3", eggs).code()).isEqualTo(2);
        var run = RunProgram.with("convert", "--to=plcn_v3", "--syntax=yaml", "-o", out.toString(), eggs);
        assertThat(run.code()).as("one is broken").isEqualTo(1);
        assertThat(run.output()).contains(" -> ", "[malformed]", "3 eggs: 1 error");
        assertThat(EggReader.read(Files.readAllBytes(out.resolve("b/odd.yaml"))).egg())
                .isEqualTo(EggReader.read(Eggs.ODD).egg());

        assertThat(RunProgram.with("convert", "--to=plcn_v3", "--syntax=yaml", "-o", out.toString(), eggs)
                        .errors())
                .contains("there already");
        assertThat(RunProgram.with("convert", "--to=plcn_v3", "--syntax=yaml", "--force", "-o", out.toString(), good())
                        .code())
                .isZero();
    }

    @Test
    void writesNoneWhereTwoWouldBeOne() throws IOException {
        good();
        Eggs.write(folder, "eggs/good.json", Eggs.ODD);
        var out = folder.resolve("out");

        var run = RunProgram.with(
                "convert",
                "--to=plcn_v3",
                "--force",
                "-o",
                out.toString(),
                folder.resolve("eggs").toString());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errors()).contains("good.json: two of the eggs would be written there");
        assertThat(out).doesNotExist();
    }

    @Test
    void writesNoneIfOneIsThereAlready() throws IOException {
        good();
        Eggs.write(folder, "eggs/a.yaml", Eggs.GOOD);
        Eggs.write(folder, "out/good.json", "mine");
        var out = folder.resolve("out");

        assertThat(RunProgram.with(
                                "convert",
                                "--to=plcn_v3",
                                "-o",
                                out.toString(),
                                folder.resolve("eggs").toString())
                        .code())
                .isEqualTo(2);
        assertThat(out.resolve("a.json")).doesNotExist();
        assertThat(out.resolve("good.json")).hasContent("mine");
    }

    @Test
    void writesNothingThatWouldLoseSomethingWhenAskedToBeStrict() {
        var run = RunProgram.with("convert", "--to=PTDL_v2", "--strict", "--format=json", good());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.output()).isEmpty();
        assertThat(run.errors()).contains("\"code\":\"left-out\"");
        assertThat(RunProgram.with("convert", "--to=PLCN_v3", "--strict", good())
                        .code())
                .isZero();
    }

    @Test
    void refusesWhatNoPanelReads() {
        assertThat(RunProgram.with("convert", "--to=PTDL_v2", "--syntax=yaml", good())
                        .errors())
                .contains("--syntax: YAML (expected: JSON for PTDL_v2)");
        assertThat(RunProgram.with("convert", "--to=PTDL_v9", good()).code()).isEqualTo(2);
    }

    private String good() {
        return Eggs.write(folder, "eggs/good.yaml", Eggs.GOOD).toString();
    }
}
