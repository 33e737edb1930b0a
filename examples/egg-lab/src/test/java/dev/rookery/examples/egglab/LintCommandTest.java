package dev.rookery.examples.egglab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.Json;
import dev.rookery.api.dialect.WireJson;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintCommandTest {

    @TempDir
    private Path folder;

    @Test
    void saysNothingOfAnEggThatIsAsItShouldBe() {
        var run = RunProgram.with(
                "lint", Eggs.write(folder, "good.yaml", Eggs.GOOD).toString());
        assertThat(run)
                .isEqualTo(new RunProgram(0, "1 egg: 0 errors, 0 warnings, 0 notes" + System.lineSeparator(), ""));
    }

    @Test
    void saysWhereAndWhatToDo() {
        Eggs.write(folder, "b/odd.yaml", Eggs.ODD);
        Eggs.write(folder, "a.json", Eggs.BAD);
        Eggs.write(folder, "readme.txt", "no egg");

        var run = RunProgram.with("lint", folder.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.output())
                .contains("a.json:2:11: error: meta: not JSON at line 2, column 11", "[malformed]")
                .contains(
                        "odd.yaml:9:9: warning: config.stop: '^X' is no known signal; SIGKILL will be sent [unknown-signal]")
                .contains(
                        "odd.yaml:13:33: warning: variables[0].env_variable: 'slots' (expected: 'SLOTS') [letter-case]")
                .contains("    Use ^C, ^SIGTERM or another known signal")
                .contains("2 eggs: 1 error, 2 warnings, 0 notes");
    }

    @Test
    void theCallerDecidesWhatIsBadEnoughToFail() {
        var odd = Eggs.write(folder, "odd.yaml", Eggs.ODD).toString();
        assertThat(RunProgram.with("lint", odd).code()).isZero();
        assertThat(RunProgram.with("lint", "--fail-on", "warning", odd).code()).isEqualTo(1);
        assertThat(RunProgram.with("lint", "--fail-on=note", "--ignore=letter-case,unknown-signal", odd)
                        .code())
                .isZero();
        assertThat(RunProgram.with("lint", "--show=error", odd).output())
                .isEqualToIgnoringNewLines("1 egg: 0 errors, 0 warnings, 0 notes");
        assertThat(RunProgram.with("lint", "--ignore=no-such-code", odd).code()).isEqualTo(2);
    }

    @Test
    void readsTheStandardInput() {
        var in = System.in;
        System.setIn(new ByteArrayInputStream(Eggs.BAD.getBytes(StandardCharsets.UTF_8)));
        try {
            var run = RunProgram.with("lint", "-");
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.output()).startsWith("-:2:11: error: ");
        } finally {
            System.setIn(in);
        }
    }

    @Test
    void aFileThatIsNotThereIsAWrongArgument() {
        var run = RunProgram.with("lint", folder.resolve("missing.json").toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errors()).contains("missing.json");
        assertThat(RunProgram.with("lint").code()).isEqualTo(2);
        assertThat(RunProgram.with("lint", folder.toString()).errors()).contains("no eggs (expected: ");
    }

    @Test
    void printsJsonForPrograms() {
        var run = RunProgram.with(
                "lint",
                "--format=json",
                Eggs.write(folder, "odd.yaml", Eggs.ODD).toString());
        var report = members(items(WireJson.read(run.output(), Json.class)).get(0));
        assertThat(report.get("format")).isEqualTo(new Json.Text("PLCN_v3"));
        assertThat(items(report.get("findings")))
                .extracting(finding -> members(finding).get("code"))
                .containsExactly(new Json.Text("unknown-signal"), new Json.Text("letter-case"));
        assertThat(members(items(report.get("findings")).get(0)).keySet())
                .containsExactly("severity", "code", "path", "line", "column", "message", "advice");
    }

    /** The required properties of SARIF 2.1.0, and those that code hosts ask for. */
    @Test
    void printsSarifForCodeHosts() {
        Eggs.write(folder, "an odd egg.yaml", Eggs.ODD);
        Eggs.write(folder, "bad.json", Eggs.BAD);
        var log = members(WireJson.read(
                RunProgram.with("lint", "--format=sarif", folder.toString()).output(), Json.class));
        assertThat(log.get("version")).isEqualTo(new Json.Text("2.1.0"));
        var run = members(items(log.get("runs")).get(0));
        var driver = members(members(run.get("tool")).get("driver"));
        assertThat(driver).containsKey("name");
        var ids = items(driver.get("rules")).stream()
                .map(rule -> members(rule).get("id"))
                .toList();
        assertThat(ids).doesNotHaveDuplicates().hasSize(3);
        for (var result : items(run.get("results"))) {
            var members = members(result);
            var index = ((Json.Num) members.get("ruleIndex")).value().intValueExact();
            assertThat(ids.get(index)).isEqualTo(members.get("ruleId"));
            assertThat(((Json.Text) members.get("level")).value()).isIn("error", "warning", "note");
            assertThat(members(members.get("message"))).containsKey("text");
            var place = members(members(items(members.get("locations")).get(0)).get("physicalLocation"));
            assertThat(members(place.get("region"))).containsKeys("startLine", "startColumn");
            assertThat(((Json.Text) members(place.get("artifactLocation")).get("uri")).value())
                    .doesNotContain(" ")
                    .matches(".*/(an%20odd%20egg\\.yaml|bad\\.json)");
        }
    }

    static Map<String, Json> members(Json json) {
        return ((Json.Obj) json).members();
    }

    static List<Json> items(Json json) {
        return ((Json.Array) json).items();
    }
}
