package dev.rookery.api.egg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.egg.simulation.EggSimulation;
import dev.rookery.api.panel.Allocation;
import dev.rookery.api.panel.Allocations;
import dev.rookery.api.panel.ServerConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Reads every real egg of the folder in {@code ROOKERY_EGGS} and assembles a server of each. */
@Tag("eggs")
class EggCorpusTest {

    private final Map<String, Integer> imported = new TreeMap<>();
    private final List<String> malformed = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    @Test
    void everyEggThatCanBeParsedIsImportedAndAssembled() throws IOException {
        for (var file : EggCorpus.files()) {
            look(file);
        }

        assertThat(refused).isEmpty();
        assertThat(imported).containsOnlyKeys("PTDL_v1", "PTDL_v2", "PLCN_v1", "PLCN_v2", "PLCN_v3");
        assertThat(malformed).allMatch(fault -> fault.contains(" at line ") && fault.contains(", in "));
    }

    private void look(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            importAndAssemble(bytes);
            imported.merge(EggReader.read(bytes).egg().format().version(), 1, Integer::sum);
        } catch (EggException e) {
            (e.reason() == EggException.Reason.MALFORMED ? malformed : refused).add(file + ": " + e.getMessage());
        } catch (RuntimeException | AssertionError e) {
            refused.add(file + ": " + e);
        }
    }

    private static void importAndAssemble(byte[] bytes) {
        var egg = EggReader.read(bytes).egg();
        var plan = ServerPlan.builder()
                .id(ServerId.random())
                .name("corpus")
                .image(egg.defaultImage().orElse("image:1"))
                .startup(egg.defaultStartup().orElse("./run"))
                .allocations(Allocations.of(new Allocation("127.0.0.1", 25565), List.of()))
                .build();
        var configuration = ServerAssembly.configuration(egg, plan);
        assertThat(WireJson.read(WireJson.write(configuration), ServerConfiguration.class))
                .isEqualTo(configuration);
        assertThat(WireJson.writeText(configuration.process().configs()))
                .doesNotContainPattern("\\{\\{(server|env)\\.[A-Za-z0-9_.-]+}}");
        assertThat(ServerAssembly.installScript(egg).script()).isNotNull();
        assertThat(EggSimulation.of(egg, Map.of()).text()).contains(egg.name().strip());
        var environment = ContainerEnvironment.of(configuration.settings(), ZoneId.of("UTC"), "172.18.0.1");
        assertThat(environment.startup()).doesNotContain("{{SERVER_PORT}}", "{{SERVER_MEMORY}}");
        assertThat(DoneMatcher.of(configuration.process().startup()).matches("\u0000 no server prints this"))
                .isEqualTo(configuration.process().startup().done().contains(""));
    }
}
