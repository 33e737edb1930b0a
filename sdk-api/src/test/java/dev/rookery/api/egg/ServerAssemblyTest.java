package dev.rookery.api.egg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.panel.Allocation;
import dev.rookery.api.panel.Allocations;
import dev.rookery.api.panel.Build;
import dev.rookery.api.panel.ProcessConfiguration.ConfigFile;
import dev.rookery.api.panel.ProcessConfiguration.Replacement;
import dev.rookery.api.panel.ProcessConfiguration.Stop;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.ServerSettings.Mount;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerAssemblyTest {

    private static final ServerId ID = ServerId.parse("5f2a6c1e-3f7b-4f0b-9a53-0d6f7f1a2b3c");
    private static final Egg DEMO = EggReader.read(EggFiles.ptdlV2()).egg();
    private static final Egg OTHER = EggReader.read(EggFiles.plcnV3()).egg();

    @Test
    void tellsTheNodeWhatThePanelDecided() {
        var settings = ServerAssembly.configuration(DEMO, plan().build()).settings();

        assertThat(settings.uuid()).isEqualTo(ID);
        assertThat(settings.id()).hasValue(41);
        assertThat(settings.meta().name()).isEqualTo("Survival");
        assertThat(settings.container().image()).isEqualTo("registry.example/java:21");
        assertThat(settings.invocation()).isEqualTo("java -Xmx{{SERVER_MEMORY}}M -jar {{JAR}}");
        assertThat(settings.build().memoryMebibytes()).isEqualTo(2048);
        assertThat(settings.allocations().primary().port()).isEqualTo(25565);
        assertThat(settings.mounts()).containsExactly(new Mount("/srv/a", "/mnt/a", true));
        assertThat(settings.labels()).containsExactly(entry("team", "blue"));
        assertThat(settings.egg().fileDenylist()).containsExactly("secret.key");
        assertThat(settings.skipEggScripts()).isFalse();
    }

    /** Panel remote API §5.3. */
    @Test
    void environmentHasValuesElseDefaultsThenThePanelsOwn() {
        var plan = plan().putVariables("MOTD", "")
                .putVariables("UNKNOWN", "x")
                .putExtraEnvironment("P_SERVER_LOCATION", "eu")
                .build();

        assertThat(ServerAssembly.environment(DEMO, plan))
                .containsExactly(
                        entry("JAR", "server.jar"),
                        entry("MOTD", ""),
                        entry("STARTUP", "java -Xmx{{SERVER_MEMORY}}M -jar {{JAR}}"),
                        entry("P_SERVER_UUID", ID.toString()),
                        entry("P_SERVER_LOCATION", "eu"));
    }

    /** Panel remote API §6 and §6.1. */
    @Test
    void configurationFilesAreResolvedForTheNode() {
        var process = ServerAssembly.configuration(
                        DEMO, plan().putVariables("MOTD", "{{env.JAR}} $1").build())
                .process();

        assertThat(process.stop()).isEqualTo(new Stop("signal", "SIGINT"));
        assertThat(process.startup().done()).containsExactly(")! For help");
        assertThat(process.configs())
                .containsExactly(
                        new ConfigFile(
                                "server.properties",
                                "properties",
                                List.of(
                                        replacement("port", new Json.Text("25565")),
                                        replacement("query", new Json.Bool(true)),
                                        replacement("slots", new Json.Num(BigDecimal.valueOf(8))),
                                        replacement("motd", new Json.Text("{{env.JAR}} $1 on server.jar"))),
                                Optional.empty()),
                        new ConfigFile(
                                "proxy.yml",
                                "yaml",
                                List.of(
                                        new Replacement(
                                                "servers.*.address",
                                                Optional.of("127.0.0.1"),
                                                new Json.Text("{{config.docker.interface}}")),
                                        new Replacement(
                                                "servers.*.address", Optional.of("regex:^x"), new Json.Text("y"))),
                                Optional.of(false)));
    }

    @Test
    void survivesTheWire() {
        var configuration = ServerAssembly.configuration(DEMO, plan().build());
        assertThat(WireJson.read(WireJson.write(configuration), ServerConfiguration.class))
                .isEqualTo(configuration);
    }

    @Test
    void eggWithoutScriptIsNotInstalled() {
        var plan = ServerPlan.builder(OTHER).id(ID).name("x").build();
        var configuration = ServerAssembly.configuration(OTHER, plan);

        assertThat(configuration.settings().skipEggScripts()).isTrue();
        assertThat(configuration.settings().egg().id()).isEqualTo("0c4f4f0e-5f5c-4b8b-8a41-3d8a6f6f9f11");
        assertThat(configuration.process().startup().stripAnsi()).isTrue();
        assertThat(ServerAssembly.installScript(OTHER).script()).isEmpty();
        assertThat(ServerAssembly.installScript(DEMO).containerImage()).isEqualTo("registry.example/installer:1");
    }

    @Test
    void namesPlaceholdersThatNameNothing() {
        var egg = EggReader.read(EggFiles.minimal("\"docker_images\":[\"i\"],\"startup\":\"s\",\"config\":{\"files\":"
                        + "{\"a b.txt\":{\"parser\":\"file\",\"find\":{\"k\":\"{{env.NOPE}}\"}}}}"))
                .egg();
        var warnings = new ArrayList<EggWarning>();
        ServerAssembly.configuration(
                egg, ServerPlan.builder(egg).id(ID).name("x").build(), warnings::add);

        assertThat(warnings).singleElement().satisfies(warning -> {
            assertThat(warning.path()).isEqualTo("config.files['a b.txt']");
            assertThat(warning.message()).contains("env.NOPE");
        });
    }

    @Test
    void planNeedsImageAndCommand() {
        var empty = EggReader.read(EggFiles.minimal("\"x\":1")).egg();
        assertThatThrownBy(() -> ServerPlan.builder(empty))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Minimal")
                .hasMessageContaining("image");
        assertThatThrownBy(() -> plan().image(" ").build())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("image");
        assertThatThrownBy(() -> plan().startup("").build()).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void planRefusesNulWithoutShowingTheValue() {
        assertThatThrownBy(() -> plan().putVariables("PASSWORD", "hunter\0two").build())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("PASSWORD")
                .hasMessageNotContaining("hunter");
        assertThat(plan().putVariables("PASSWORD", "hunter2").build())
                .asString()
                .doesNotContain("hunter2");
    }

    private static Replacement replacement(String match, Json value) {
        return new Replacement(match, Optional.empty(), value);
    }

    private static ServerPlanBuilder plan() {
        return ServerPlan.builder(DEMO)
                .id(ID)
                .number(41)
                .name("Survival")
                .limits(Build.builder().memoryMebibytes(2048).build())
                .allocations(Allocations.of(new Allocation("10.0.0.1", 25565), List.of()))
                .addMounts(new Mount("/srv/a", "/mnt/a", true))
                .putLabels("team", "blue");
    }

    /** Panel remote API §7.5: an id that nobody knows is left out. */
    @Test
    void tellsTheNodeWhatTheFeaturesOfTheEggLookFor() {
        var egg = EggReader.read(EggFiles.minimal("\"features\":[\"eula\",\"magic\"]"))
                .egg();

        assertThat(ServerAssembly.configuration(egg, plan().build())
                        .settings()
                        .egg()
                        .features())
                .containsExactly(entry(
                        "eula",
                        new Json.Array(
                                List.of(new Json.Text("you need to agree to the eula in order to run the server")))));
    }

    /** Panel remote API §6: every other key of an entry is passed on. */
    @Test
    void passesOnWhatAnEntryOfAFileHasBeside() {
        var egg = EggReader.read(EggFiles.minimal("\"config\":{\"files\":{\"a\":{\"parser\":\"file\",\"find\":{},"
                        + "\"create_file\":false,\"create_new\":true}}}"))
                .egg();

        assertThat(ServerAssembly.configuration(egg, plan().build()).process().configs())
                .singleElement()
                .satisfies(file -> {
                    assertThat(file.createFile()).contains(false);
                    assertThat(file.further()).containsExactly(entry("create_new", new Json.Bool(true)));
                });
    }
}
