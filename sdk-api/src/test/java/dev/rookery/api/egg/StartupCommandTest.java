package dev.rookery.api.egg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartupCommandTest {

    private static final Map<String, String> VALUES = Map.of(
            "NAME", "My Server",
            "JAR", "a.jar",
            "FLAG", "1",
            "A", "{{JAR}} ${FLAG}",
            "EMPTY", "",
            "maxplayers", "8",
            "SERVER_MEMORY", "2048",
            "SERVER_PORT", "25565",
            "SERVER_IP", "10.0.0.1");

    /** The first four rows are the table of eggs §9.1. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "java -Xmx{{SERVER_MEMORY}}M -jar {{JAR}}~java -Xmx2048M -jar a.jar",
                "./s -p ${SERVER_PORT} [[ {{FLAG}} == 1 ]]~./s -p 25565 [[ ${FLAG} == 1 ]]",
                "./s {{ JAR }} {{UNKNOWN}}~./s ${ JAR } ${UNKNOWN}",
                "./s $JAR~./s $JAR",
                "[[ ${FLAG} == {{SERVER_PORT}} ]] && {{JAR}}~[[ ${FLAG} == 25565 ]] && a.jar",
                "[[ {{FLAG}} ]] {{FLAG}} [[ {{FLAG}} ]]~[[ ${FLAG} ]] 1 [[ ${FLAG} ]]",
                "[[ {{FLAG}}~[[ 1",
                "{{A}}~{{JAR}} ${FLAG}",
                "x{{EMPTY}}y~xy",
                "{{maxplayers}} {{MAXPLAYERS}}~8 ${MAXPLAYERS}",
                "${JAR:-x} ${JAR[0]} $((1+1)) $(ls)~${JAR:-x} ${JAR[0]} $((1+1)) $(ls)",
                "{{JAR} {JAR}} {{{JAR}}}~{{JAR} {JAR}} {a.jar}",
                "awk '{ if (x) {print}}'~awk '{ if (x) {print}}'",
                "ends with {{~ends with {{",
                "ends with ${JAR~ends with ${JAR"
            })
    void rendersInOnePass(String command, String expected) {
        assertThat(new StartupCommand(command).render(VALUES)).isEqualTo(expected);
    }
}
