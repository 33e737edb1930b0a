package dev.rookery.api.egg.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.Json;
import dev.rookery.api.egg.Egg;
import dev.rookery.api.egg.EggReader;
import dev.rookery.api.egg.EggWarning;
import dev.rookery.api.egg.StopAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EggSimulationTest {

    private static final Egg EGG = egg("""
            "docker_images":{"Java 21":"example/java:21"},"startup":"java -Xmx{{SERVER_MEMORY}}M -jar {{JAR}} ${NOPE}",
            "config":{"files":{
                "cfg/{{SERVER_PORT}}.properties":{"parser":"properties","find":{"port":"{{server.build.default.port}}","name":"{{env.JAR}}{{env.X}}"}},
                "p.yml":{"parser":"yaml","find":{"servers.*.address":{"127.0.0.1":"{{config.docker.interface}}:{{config.token}}"},"on":true},
                         "create_file":false}},
              "startup":{"done":"Done ("},"stop":"^C"},
            "scripts":{"installation":{"script":"a\\r\\nb\\r\\n","container":"debian","entrypoint":"bash"}},
            "variables":[{"env_variable":"JAR","default_value":"a.jar","rules":"required|string|max:8"},
                         {"env_variable":"SLOTS","default_value":"many","rules":"required|integer"}]
            """);

    @Test
    void saysWhatANodeWouldDo() {
        var simulation = EggSimulation.of(EGG, Map.of("SLOTS", "5"));

        assertThat(simulation.startup()).isEqualTo("java -Xmx1024M -jar a.jar ${NOPE}");
        assertThat(simulation.environment())
                .containsEntry("SERVER_PORT", "25565")
                .containsEntry("SLOTS", "5")
                .containsEntry("TZ", "UTC");
        assertThat(simulation.stop()).isEqualTo(StopAction.Signal.INTERRUPT);
        assertThat(simulation.installation()).hasValueSatisfying(installation -> {
            assertThat(installation.image()).isEqualTo("debian");
            assertThat(installation.command()).containsExactly("bash", "/mnt/install/install.sh");
            assertThat(installation.script()).isEqualTo("a\nb\n");
            assertThat(installation.environment()).containsEntry("JAR", "a.jar");
        });
    }

    @Test
    void resolvesThePlaceholdersOfPanelAndNodeInFiles() {
        var files = EggSimulation.of(EGG, Map.of()).files();

        assertThat(files).extracting(SimulatedFile::path).containsExactly("cfg/25565.properties", "p.yml");
        assertThat(files).extracting(SimulatedFile::created).containsExactly(true, false);
        assertThat(files.get(0).replacements())
                .extracting(replacement -> replacement.replaceWith())
                .containsExactly(new Json.Text("25565"), new Json.Text("a.jar"));
        assertThat(files.get(1).replacements().get(0).replaceWith())
                .isEqualTo(new Json.Text("172.18.0.1:{{config.token}}"));
    }

    @Test
    void makesOfFilesWhatANodeMakesOfThem() {
        var properties = EggSimulation.of(EGG, Map.of()).files().get(0);
        var present = "# mine\n" + properties.replacements().get(0).match() + "=1\n";

        var edited = properties.edit(present.getBytes(StandardCharsets.UTF_8));

        assertThat(edited.refusals()).isEmpty();
        assertThat(new String(edited.content(), StandardCharsets.UTF_8))
                .startsWith("# mine\n" + properties.replacements().get(0).match() + "=25565\n")
                .contains(properties.replacements().get(1).match() + "=a.jar");
    }

    @Test
    void remarksWhatTheOwnerShouldKnow() {
        var simulation = EggSimulation.of(EGG, Map.of("JAR", "too-long.jar", "OTHER", "x"));

        assertThat(simulation.remarks())
                .extracting(EggWarning::message)
                .containsExactly(
                        "JAR: 'too-long.jar' (expected: at most 8 characters)",
                        "SLOTS: 'many' (expected: a whole number)",
                        "'OTHER' is no variable of the egg; its value is ignored",
                        "{{env.X}} names nothing; it became an empty text",
                        "{{config.token}} is nothing that a node tells; it stays as it is");
    }

    /** Daemon behaviour §7.4. */
    @Test
    void leavesTheNodesPlaceholdersInLinesAlone() {
        var simulation = EggSimulation.of(
                egg(
                        "\"config\":{\"files\":{\"a\":{\"parser\":\"file\",\"find\":{\"ip\":\"ip={{config.docker.interface}}\"}}}}"),
                Map.of());

        assertThat(simulation.files().get(0).replacements().get(0).replaceWith())
                .isEqualTo(new Json.Text("ip={{config.docker.interface}}"));
        assertThat(simulation.remarks())
                .extracting(EggWarning::message)
                .contains("a node resolves no placeholders for the parser 'file'; they stay as they are");
    }

    @Test
    void copesWithAnEggThatHasNothing() {
        var simulation = EggSimulation.of(egg("\"variables\":[]"), Map.of());

        assertThat(simulation.installation()).isEmpty();
        assertThat(simulation.remarks()).extracting(EggWarning::path).containsExactly("docker_images", "startup");
        assertThat(simulation.text()).contains("none: the egg has no script", "never: the egg does not say");
    }

    @Test
    void tellsPeopleAllOfIt() {
        assertThat(EggSimulation.of(EGG, Map.of("SLOTS", "5")).text())
                .startsWith("Egg 'Sim' (PTDL_v2)\n")
                .contains(
                        "  command: bash /mnt/install/install.sh\n",
                        "  cfg/25565.properties (properties)\n    port = 25565\n",
                        "  p.yml (yaml, only if it exists)\n    servers.*.address [if 127.0.0.1] = 172.18.0.1:{{config.token}}\n",
                        "  started: when a line has 'Done ('\n",
                        "  stop:    sends SIGINT\n",
                        "  SLOTS=5\n");
    }

    private static Egg egg(String members) {
        return EggReader.read("{\"meta\":{\"version\":\"PTDL_v2\"},\"name\":\"Sim\"," + members + "}")
                .egg();
    }
}
