package dev.rookery.api.egg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Panel remote API §7.3, §7.4. */
class EggInheritanceTest {

    private static final Egg PARENT = egg("""
            "features":["eula"],"file_denylist":["parent.txt"],
            "config":{"files":{"a.cfg":{"parser":"file","find":{"x":"y"}}},"startup":{"done":"up"},"stop":"quit"},
            "scripts":{"installation":{"script":"echo parent","container":"parent:1","entrypoint":"ash"}}
            """);

    @Test
    void takesTheConfigurationThatItHasNotItself() {
        var inherited = EggInheritance.configFrom(
                egg("\"file_denylist\":[\"own.txt\"],\"config\":{\"files\":\"{}\",\"startup\":\"{}\",\"stop\":\"\"}"),
                PARENT);

        assertThat(inherited.config().files()).containsOnlyKeys("a.cfg");
        assertThat(inherited.config().startup().done()).containsExactly("up");
        assertThat(inherited.config().stop()).isEqualTo("quit");
        assertThat(inherited.features()).contains(List.of("eula"));
        assertThat(inherited.fileDenylist()).containsExactly("parent.txt");
    }

    @Test
    void keepsItsOwnConfigurationButNotItsOwnDenylist() {
        var own = egg("""
                "features":[],"file_denylist":["own.txt"],
                "config":{"files":{"b.cfg":{"parser":"file","find":{}}},"startup":{"done":"here"},"stop":"^C"}
                """);
        var inherited = EggInheritance.configFrom(own, PARENT);

        assertThat(inherited.config()).isEqualTo(own.config());
        assertThat(inherited.features()).isEqualTo(own.features());
        assertThat(inherited.fileDenylist()).containsExactly("parent.txt");
    }

    /** A text that is no JSON is carried along, but not in place of what it has by now. */
    @Test
    void whatIsInheritedIsWrittenInPlaceOfATextThatIsBroken() {
        var own = egg("\"config\":{\"files\":\"{broken\",\"startup\":\"{broken\",\"logs\":\"{broken\",\"x\":1}");
        assertThat(EggReader.read(EggWriter.write(own)).egg()).isEqualTo(own);

        var inherited = EggInheritance.configFrom(own, PARENT);

        assertThat(EggReader.read(EggWriter.write(inherited)).egg()).isEqualTo(inherited);
        assertThat(inherited.config().files()).containsOnlyKeys("a.cfg");
        assertThat(inherited.extras().get("config"))
                .isEqualTo(new Json.Obj(Map.of("logs", new Json.Text("{broken"), "x", new Json.Num(BigDecimal.ONE))));
    }

    @Test
    void whatABuilderSetsIsWrittenInPlaceOfATextThatIsBroken() {
        var own = egg("\"config\":{\"files\":\"{broken\",\"stop\":\"x\"}");
        var set = Egg.builder().from(own).config(PARENT.config()).build();

        assertThat(EggReader.read(EggWriter.write(set)).egg().config()).isEqualTo(PARENT.config());
    }

    @Test
    void takesTheInstallScriptThatItHasNotItself() {
        var none = egg("\"scripts\":{\"installation\":{\"script\":\"\",\"container\":\"\",\"entrypoint\":\"\"}}");
        var own = egg(
                "\"scripts\":{\"installation\":{\"script\":\"echo own\",\"container\":\"own:1\",\"entrypoint\":\"bash\"}}");

        assertThat(EggInheritance.scriptFrom(none, PARENT).installation().script())
                .isEqualTo("echo parent");
        assertThat(EggInheritance.scriptFrom(own, PARENT).installation()).isEqualTo(own.installation());
    }

    private static Egg egg(String members) {
        return EggReader.read(EggFiles.minimal(members)).egg();
    }
}
