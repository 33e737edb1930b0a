package dev.rookery.api.egg;

import static dev.rookery.api.egg.EggFiles.minimal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.rookery.api.Json;
import dev.rookery.api.panel.InstallScript;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EggReaderTest {

    @Test
    void readsPterodactylsFormat() {
        var egg = EggReader.read(EggFiles.ptdlV2()).egg();

        assertThat(egg.format()).isEqualTo(EggFormat.PTDL_V2);
        assertThat(egg.name()).isEqualTo("Demo");
        assertThat(egg.uuid()).isEmpty();
        assertThat(egg.features()).contains(List.of("eula"));
        assertThat(egg.dockerImages())
                .containsExactly(
                        entry("Java 21", "registry.example/java:21"), entry("Java 17", "registry.example/java:17"));
        assertThat(egg.defaultImage()).contains("registry.example/java:21");
        assertThat(egg.fileDenylist()).containsExactly("secret.key");
        assertThat(egg.startupCommands()).containsExactly(entry("Default", "java -Xmx{{SERVER_MEMORY}}M -jar {{JAR}}"));
        assertThat(egg.installation())
                .isEqualTo(new InstallScript("registry.example/installer:1", "bash", "#!/bin/bash\r\necho hi"));
        assertThat(egg.extras()).containsExactly(entry("_comment", new Json.Text("written by hand")));
    }

    @Test
    void readsConfigurationFromTextsThatHoldJson() {
        var config = EggReader.read(EggFiles.ptdlV2()).egg().config();

        assertThat(config.files()).containsOnlyKeys("server.properties", "proxy.yml");
        assertThat(config.files().get("server.properties").find())
                .containsEntry("query", new Json.Bool(true))
                .containsEntry("slots", new Json.Num(BigDecimal.valueOf(8)))
                .containsKeys("port", "motd");
        assertThat(config.files().get("proxy.yml").extras()).containsOnlyKeys("create_file");
        assertThat(config.startup().done()).containsExactly(")! For help");
        assertThat(config.startup().extras()).containsOnlyKeys("userInteraction");
        assertThat(config.logs()).isInstanceOf(Json.Obj.class);
        assertThat(config.stopAction()).isEqualTo(StopAction.Signal.INTERRUPT);
    }

    @Test
    void readsVariablesOfEveryShape() {
        var egg = EggReader.read(EggFiles.ptdlV2()).egg();

        var jar = egg.variables().get(0);
        assertThat(jar.rules()).containsExactly("required", "string", "");
        assertThat(jar.changeableByUser()).isTrue();
        assertThat(jar.fieldType()).contains("text");
        var motd = egg.variables().get(1);
        assertThat(motd.defaultValue()).isEqualTo("25");
        assertThat(motd.userViewable()).isTrue();
        assertThat(motd.changeableByUser()).isFalse();
        assertThat(egg.variablesInDisplayOrder()).containsExactly(motd, jar);
    }

    @Test
    void readsPelicansFormat() {
        var reading = EggReader.read(EggFiles.plcnV3());
        var egg = reading.egg();

        assertThat(egg.format()).isEqualTo(EggFormat.PLCN_V3);
        assertThat(egg.uuid()).contains("0c4f4f0e-5f5c-4b8b-8a41-3d8a6f6f9f11");
        assertThat(egg.updateUrl()).contains("https://example.com/demo.json");
        assertThat(egg.icon()).contains("data:image/png;base64,AAAA");
        assertThat(egg.features()).contains(List.of());
        assertThat(egg.startupCommands()).containsExactly(entry("Default", "./run"), entry("Debug", "./run --debug"));
        assertThat(egg.config().startup().stripAnsi()).isTrue();
        assertThat(egg.config().stopAction()).isEqualTo(new StopAction.Command("quit"));
        assertThat(egg.variables().get(0).rules()).containsExactly("required", "regex:/^(a|b)$/");
        assertThat(egg.extras()).isEmpty();
        assertThat(reading.warnings()).extracting(EggFinding::path).containsExactly("scripts.installation.script");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "[]", "{}"})
    void everySpellingOfNothingIsEmpty(String nothing) {
        var egg = EggReader.read(
                        minimal(("'tags':N,'docker_images':N,'file_denylist':N,'startup_commands':N,'variables':N,"
                                        + "'scripts':N,'config':{'files':N,'startup':N,'logs':N}")
                                .replace('\'', '"')
                                .replace("N", nothing)))
                .egg();

        assertThat(egg.tags()).isEmpty();
        assertThat(egg.dockerImages()).isEmpty();
        assertThat(egg.fileDenylist()).isEmpty();
        assertThat(egg.startupCommands()).isEmpty();
        assertThat(egg.variables()).isEmpty();
        assertThat(egg.config().files()).isEmpty();
        assertThat(egg.config().startup().done()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"{}\"", "\"[]\"", "\" \"", "\"null\""})
    void emptyConfigurationInATextIsEmpty(String files) {
        var config = EggReader.read(minimal("\"config\":{\"files\":" + files + "}"))
                .egg()
                .config();
        assertThat(config.files()).isEmpty();
    }

    @Test
    void readsOlderAndMisplacedImages() {
        assertThat(images("\"images\":[\"a:1\",\"b:2\"]")).containsExactly("a:1", "b:2");
        assertThat(images("\"image\":\"a:1\"")).containsExactly("a:1");
        assertThat(images("\"docker_images\":[\"a:1\"]")).containsExactly("a:1");
        assertThat(images("\"docker_images\":{\"x\":\"a:1\",\"y\":null}")).containsExactly("a:1");
    }

    @Test
    void keepsFeaturesThatAreLeftToAParentApartFromNone() {
        assertThat(EggReader.read(minimal("\"features\":null")).egg().features())
                .isEmpty();
        assertThat(EggReader.read(minimal("\"features\":[]")).egg().features()).contains(List.of());
    }

    @Test
    void doneMayBeATextAListOrEmpty() {
        assertThat(done("\"{\\\"done\\\":\\\" up \\\"}\"")).containsExactly(" up ");
        assertThat(done("{\"done\":[\"a\",\"b\",null]}")).containsExactly("a", "b");
        assertThat(done("{\"done\":\"\"}")).containsExactly("");
        assertThat(done("{}")).isEmpty();
    }

    @Test
    void setsAsideWhatItCannotUse() {
        var reading =
                EggReader.read(minimal("\"future\":{\"x\":1},\"meta\":{\"version\":\"PTDL_v2\",\"y\":2},\"config\":"
                        + "{\"files\":{\"a\":{\"parser\":\"file\"},\"b\":7},\"startup\":\"oops\",\"z\":3}"));

        assertThat(reading.egg().config().files()).isEmpty();
        assertThat(reading.egg().extras()).containsOnlyKeys("future", "meta", "config");
        assertThat(((Json.Obj) reading.egg().extras().get("config")).members())
                .containsOnlyKeys("files", "startup", "z");
        assertThat(reading.warnings())
                .extracting(EggFinding::path)
                .contains("meta", "config.files.a", "config.files.b", "config.startup");
    }

    @Test
    void namesWhatIsOddAboutVariables() {
        var variable = "{\"env_variable\":\"%s\",\"rules\":{\"0\":\"required\"},\"sort\":\"x\"}";
        var reading = EggReader.read(minimal("\"variables\":["
                + String.join(
                        ",", variable.formatted("A B"), variable.formatted("hostname"), variable.formatted("hostname"))
                + "]"));

        assertThat(reading.egg().variables()).hasSize(3);
        assertThat(reading.egg().variables().get(0).rules()).containsExactly("required");
        assertThat(reading.warnings())
                .extracting(EggFinding::toString)
                .anyMatch(text -> text.contains("variables[0].env_variable") && text.contains("'A B'"))
                .anyMatch(text -> text.contains("variables[1].env_variable") && text.contains("reserve"))
                .anyMatch(text -> text.contains("variables[2].env_variable") && text.contains("more than once"))
                .anyMatch(text -> text.contains("variables[0].rules") && text.contains("a list is expected"));
    }

    @Test
    void textIsReadFromNumbersAndTruthValues() {
        assertThat(defaultOf("25565")).isEqualTo("25565");
        assertThat(defaultOf("1.20")).isEqualTo("1.20");
        assertThat(defaultOf("1e3")).isEqualTo("1000");
        assertThat(defaultOf("true")).isEqualTo("true");
        assertThat(defaultOf("null")).isEmpty();
        assertThat(defaultOf("1e9999")).isEqualTo("1E+9999");
    }

    @Test
    void skipsAByteOrderMarkAndKeepsAstralCharacters() {
        var file = "\ufeff" + minimal("\"description\":\"\\ud83d\\ude00 \ud83d\ude00\"");
        assertThat(EggReader.read(file).egg().description()).isEqualTo("\ud83d\ude00 \ud83d\ude00");
        assertThat(EggReader.read(file.getBytes(StandardCharsets.UTF_8)).egg().name())
                .isEqualTo("Minimal");
    }

    @Test
    void lastOfDuplicateMembersCounts() {
        var reading = EggReader.read(minimal("\"author\":\"a\",\"author\":\"b\""));
        assertThat(reading.egg().author()).isEqualTo("b");
        assertThat(reading.warnings()).extracting(EggFinding::path).contains("author");
    }

    @Test
    void warningsAreBounded() {
        var reading = EggReader.read(minimal("\"x\":{" + "\"a\":1,".repeat(5000) + "\"a\":1}"));
        assertThat(reading.warnings()).hasSize(201);
        assertThat(reading.warnings().get(200).message()).contains("more warnings are left out");
    }

    private static Iterable<String> images(String members) {
        return EggReader.read(minimal(members)).egg().dockerImages().values();
    }

    private static List<String> done(String startup) {
        return EggReader.read(minimal("\"config\":{\"startup\":" + startup + "}"))
                .egg()
                .config()
                .startup()
                .done();
    }

    private static String defaultOf(String value) {
        return EggReader.read(minimal("\"variables\":[{\"env_variable\":\"A\",\"default_value\":" + value + "}]"))
                .egg()
                .variables()
                .get(0)
                .defaultValue();
    }
}
