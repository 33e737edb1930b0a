package dev.rookery.api.egg;

import static dev.rookery.api.egg.EggFiles.minimal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.egg.EggChange.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EggWriterTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'author':1.20",
                "'x':null,'y':1E+30,'z':[[],{},'',null,true,-0.0,1e-7]",
                "'image':'a:1','images':['b:1','b:1'],'docker_images':{'':'c:1','x':null}",
                "'image':'data:image/png;base64,AA','icon':'data:image/png;base64,BB'",
                "'image':null,'images':[],'docker_images':{}",
                "'images':[' a:1 ','b:1']",
                "'startup':'x','startup_commands':{'A':'','B':'y'}",
                "'startup_commands':{'Default':' '}",
                "'startup_commands':'x'",
                "'startup':' '",
                "'config':{'files':'oops','startup':'oops','logs':'oops','stop':'oops','x':1}",
                "'config':{'files':'7'}",
                "'config':{'logs':' ','startup':'','files':''}",
                "'config':{'logs':'\\\"text\\\"','startup':'null'}",
                "'config':{'logs':7,'startup':{'done':['','',' a'],'strip_ansi':1,'_comment':{}}}",
                "'config':{'files':{'a':{'parser':'file'},'b':7,'c':{'find':{}},'d':{'find':{'':{'regex:.*':1}},'create_file':false}}}",
                "'config':'{\\\"stop\\\":\\\"^C\\\"}'",
                "'scripts':{'x':1,'installation':{'script':'a\\r\\nb\\n','y':{}}}",
                "'variables':[{'env_variable':'A','rules':['required','regex:/a|b/'],'sort':'x'}]",
                "'variables':[{'env_variable':'A','rules':['']},{'env_variable':'A','rules':'a|','sort':3,'x':1}]",
                "'variables':{'3':{'env_variable':'1.0','default_value':1.10,'user_viewable':1}}",
                "'tags':['a','','b'],'features':{},'file_denylist':'x'",
                "'meta':{'version':'PTDL_v2','update_url':'null','x':[1]}"
            })
    void whateverIsReadComesBack(String members) {
        var json = members.replace('\'', '"');
        for (var file : new String[] {
            minimal(json),
            minimal(json).replace("PTDL_v2", "PTDL_v1"),
            minimal(json).replace("PTDL_v2", "PLCN_v3")
        }) {
            if (file.contains("files\":\"7\"")) {
                assertThatThrownBy(() -> EggReader.read(file)).isInstanceOf(EggException.class);
                continue;
            }
            var egg = EggReader.read(file).egg();
            for (var format : EggFormat.values()) {
                Differences.check(egg, format);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yes",
                "1.20",
                "007",
                "null",
                "~",
                "",
                " x ",
                "'",
                "\"",
                "a: b",
                "a #b",
                "- a",
                "{}",
                "[]",
                "*a",
                "&a",
                "!a",
                "%a",
                "@a",
                "`a",
                "a\nb",
                "a\n",
                "a\n\n",
                "\na",
                " a\nb",
                "a\r\nb",
                "a\n  b\n \nc",
                "\ta\nb",
                "\u0085",
                "\u2028",
                "\u0000",
                "\ufeff",
                "\ud83d\ude00",
                "---",
                "...\nx",
                "? a",
                "<<",
                "=",
                "2024-01-01",
                "0x1F",
                ".5",
                "true",
                "a\u00e9",
                "a\n\tb"
            })
    void anyTextSurvivesBothSyntaxes(String text) {
        var egg = Egg.builder()
                .from(EggReader.read(EggFiles.plcnV3()).egg())
                .description(text)
                .startupCommands(Map.of("Default" + text, text))
                .build();
        for (var syntax : EggSyntax.values()) {
            assertThat(EggReader.read(EggWriter.write(egg, syntax)).egg()).isEqualTo(egg);
        }
    }

    @Test
    void textsMayHaveAnyNumberOfWords() {
        var words = "word" + " word".repeat(100_000);
        var egg = Egg.builder()
                .from(EggReader.read(EggFiles.plcnV3()).egg())
                .description(words)
                .build();
        var yaml = EggWriter.write(egg, EggSyntax.YAML);

        assertThat(EggReader.read(yaml).egg()).isEqualTo(egg);
        assertThat(text(yaml)).contains("description: " + words + "\n");
    }

    @Test
    void writesAsThePanelsDo() {
        var egg = EggReader.read(EggFiles.ptdlV2()).egg();
        assertThat(text(EggWriter.write(egg)))
                .startsWith(
                        "{\n    \"_comment\": \"written by hand\",\n    \"meta\": {\n        \"version\": \"PTDL_v2\",")
                .contains(
                        "\"rules\": \"required|string|\"", "\"startup\": \"{\\n    \\\"done\\\": \\\")! For help\\\"");
        var pelican = EggConversion.of(egg, EggFormat.PLCN_V3).egg();
        assertThat(text(EggWriter.write(pelican, EggSyntax.YAML)))
                .contains(
                        "startup_commands:\n  Default: 'java -Xmx{{SERVER_MEMORY}}M -jar {{JAR}}'\n",
                        "  startup:\n    done: ')! For help'\n",
                        "    rules:\n      - required\n");
    }

    @Test
    void saysWhatAnotherFormatHasNoPlaceFor() {
        var pelican = Egg.builder()
                .from(EggReader.read(EggFiles.plcnV3()).egg())
                .dockerImages(Map.of("Java", "registry.example/java:21"))
                .build();
        var conversion = EggConversion.of(pelican, EggFormat.PTDL_V1);
        assertThat(conversion.egg().startupCommands()).isEqualTo(Map.of("Default", "./run"));
        assertThat(conversion.changes())
                .filteredOn(change -> change.kind() == Kind.LEFT_OUT)
                .extracting(EggChange::path)
                .contains("icon", "docker_images", "startup_commands", "variables[0].rules");
        assertThat(conversion.changes()).allMatch(change -> change.message().contains("PTDL_v1: "));
        assertThat(conversion.egg().uuid()).isEqualTo(pelican.uuid());
    }

    @Test
    void placeholdersAreSaidInTheWordsOfThePanel() {
        var values = "\"config\":{\"files\":{\"a\":{\"parser\":\"file\",\"find\":{\"x\":\"%s\"}}}}";
        assertThat(converted(
                        values,
                        "{{server.build.env.SERVER_MEMORY}} {{server.build.env.SERVER_PORT_2}}",
                        EggFormat.PLCN_V3))
                .isEqualTo("{{server.build.memory_limit}} {{server.environment.SERVER_PORT_2}}");
        assertThat(converted(values, "{{server.build.memory_limit}} {{env.A}} {{A}}", EggFormat.PLCN_V3))
                .isEqualTo("{{server.build.memory_limit}} {{env.A}} {{A}}");
        assertThat(converted(values, "{{server.build.default.port}}", EggFormat.PTDL_V1))
                .isEqualTo("{{server.build.default.port}}");
        var pelican = EggConversion.of(
                        EggReader.read(minimal(values.formatted("{{server.build.default.ip}} {{server.build.env.A}}")))
                                .egg(),
                        EggFormat.PLCN_V1)
                .egg();
        var back = EggConversion.of(pelican, EggFormat.PTDL_V2);
        assertThat(find(back.egg())).isEqualTo("{{server.build.default.ip}} {{server.build.env.A}}");
        assertThat(back.changes()).extracting(EggChange::path).containsExactly("config.files.a.find");
    }

    @Test
    void noPanelReadsPterodactylsFormatAsYaml() {
        var egg = EggReader.read(EggFiles.ptdlV2()).egg();
        assertThatThrownBy(() -> EggWriter.write(egg, EggSyntax.YAML))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("syntax: YAML (expected: one of [JSON] for PTDL_v2)");
        assertThat(EggConversion.of(egg, EggFormat.PTDL_V2).changes()).isEqualTo(List.of());
    }

    private static String converted(String members, String value, EggFormat format) {
        return find(EggConversion.of(
                        EggReader.read(minimal(members.formatted(value))).egg(), format)
                .egg());
    }

    private static String find(Egg egg) {
        return ((dev.rookery.api.Json.Text) egg.config().files().get("a").find().get("x")).value();
    }

    private static String text(byte[] file) {
        return new String(file, StandardCharsets.UTF_8);
    }
}
