package dev.rookery.api.egg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.rookery.api.Json;
import dev.rookery.api.egg.EggException.Reason;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Eggs as Pelican exports them, and as people write them. Source: eggs §7.4. */
class EggYamlTest {

    private static final String HEAD = "meta: {version: PLCN_v3}\nname: Demo\n";

    @Test
    void readsNativeConfiguration() {
        var egg = egg("""
                startup_commands:
                  Default: './run -p {{SERVER_PORT}}'
                  Safe: './run --safe'
                config:
                  files:
                    server.cfg:
                      parser: file
                      find:
                        'port=': 'port={{server.allocations.default.port}}'
                        slots: 8
                        query: true
                  startup:
                    done:
                      - ' up '
                      - ready
                  logs: {  }
                  stop: ^C
                """);
        assertThat(egg.startupCommands()).containsOnlyKeys("Default", "Safe");
        assertThat(egg.config().files().get("server.cfg").find())
                .containsExactly(
                        entry("port=", new Json.Text("port={{server.allocations.default.port}}")),
                        entry("slots", new Json.Num(BigDecimal.valueOf(8))),
                        entry("query", new Json.Bool(true)));
        assertThat(egg.config().startup().done()).containsExactly(" up ", "ready");
        assertThat(egg.config().logs()).isEqualTo(new Json.Obj(Map.of()));
        assertThat(egg.config().stop()).isEqualTo("^C");
    }

    @ParameterizedTest
    @CsvSource({
        "yes,yes", "off,off", "017,017", "12:30,12:30", "2024-01-01,2024-01-01", "1.20,1.20", "1e3,1e3", "True,true",
        "007,007", "'\"5\"',5", "!!str 5,5", "~,''", "0x1F,0x1F", ".inf,.inf", "1_000,1_000",
                "12345678901234567890,12345678901234567890"
    })
    void defaultsAreTheTextOfTheFile(String written, String text) {
        var egg = egg("variables:\n  -\n    env_variable: A\n    default_value: " + written + "\n");
        assertThat(egg.variables().get(0).defaultValue()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0o17,15", "0x1F,31", "1_000,1000", "-1.5,-1.5", "+3,3"})
    void numbersThatAreCarriedHaveTheirValue(String written, String number) {
        assertThat(egg("x: " + written + "\n").extras().get("x")).isEqualTo(new Json.Num(new BigDecimal(number)));
    }

    @Test
    void anAliasRepeatsWhatItNamesAndAMergeAddsToIt() {
        var egg = egg("""
                x: &x {a: 1}
                docker_images: &images {Java: 'registry.example/java:21'}
                startup_commands: {Default: ./run}
                y: {<<: *x, b: 2}
                z: *x
                """);
        assertThat(egg.extras().get("y")).isEqualTo(new Json.Obj(Map.of("b", number(2), "a", number(1))));
        assertThat(egg.extras().get("z")).isEqualTo(egg.extras().get("x"));
        assertThat(egg.dockerImages()).hasSize(1);
    }

    @Test
    void saysWhatItPassedOver() {
        var reading = EggReader.read("\ufeff" + HEAD + "author: a\nauthor: !b c\ndescription: \"\\uD800\"\n");
        assertThat(reading.egg().author()).isEqualTo("c");
        assertThat(reading.egg().description()).isEqualTo("\ufffd");
        assertThat(reading.warnings())
                .extracting(EggFinding::rule)
                .contains(EggRule.BYTE_ORDER_MARK, EggRule.DUPLICATE_MEMBER, EggRule.YAML_TAG, EggRule.LONE_SURROGATE);
    }

    @Test
    void placesAreThoseOfTheFile() {
        var reading = EggReader.read(HEAD + "config:\n  stop: ^X\nvariables:\n  - env_variable: 'A B'\n");
        assertThat(reading.warnings())
                .filteredOn(
                        finding -> finding.rule() == EggRule.VARIABLE_NAME || finding.rule() == EggRule.UNKNOWN_SIGNAL)
                .extracting(finding -> finding.path() + " " + finding.place().orElseThrow())
                .containsExactly("config.stop 4:9", "variables[0].env_variable 6:19");
        assertThat(reading.place("variables[0].rules")).isEqualTo(new EggPlace(6, 5));
        assertThat(reading.place("nothing")).isEqualTo(new EggPlace(1, 1));
    }

    @Test
    void aliasesAreBounded() {
        var laughs = new StringBuilder(HEAD).append("a: &a [1,2,3,4,5,6,7,8,9]\n");
        for (char name = 'b'; name < 'k'; name++) {
            laughs.append(name).append(": &").append(name).append(" [");
            laughs.append(("*" + (char) (name - 1) + ",").repeat(5)).append("]\n");
        }
        var refusal = catchThrowableOfType(EggException.class, () -> EggReader.read(laughs.toString()));
        assertThat(refusal.reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(refusal.place()).isPresent();
        var many = HEAD + "a: &a 1\nb: [" + "*a,".repeat(51) + "]\n";
        assertThat(catchThrowableOfType(EggException.class, () -> EggReader.read(many)))
                .hasMessageContaining("more than 50 aliases");
        var deep = new StringBuilder(HEAD).append("x: &x0 [1]\n");
        for (int i = 1; i < 30; i++) {
            deep.append("x")
                    .append(i)
                    .append(": &x")
                    .append(i)
                    .append(" [[[*x")
                    .append(i - 1)
                    .append("]]]\n");
        }
        assertThat(catchThrowableOfType(EggException.class, () -> EggReader.read(deep.toString())))
                .hasMessageContaining("nested too deep");
    }

    private static Json number(int value) {
        return new Json.Num(BigDecimal.valueOf(value));
    }

    private static Egg egg(String members) {
        return EggReader.read(HEAD + members).egg();
    }
}
