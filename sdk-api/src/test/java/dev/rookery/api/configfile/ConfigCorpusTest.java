package dev.rookery.api.configfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.ServerId;
import dev.rookery.api.egg.EggException;
import dev.rookery.api.egg.EggReader;
import dev.rookery.api.egg.ServerAssembly;
import dev.rookery.api.egg.ServerPlan;
import dev.rookery.api.panel.Allocation;
import dev.rookery.api.panel.Allocations;
import dev.rookery.api.panel.ProcessConfiguration.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Does what every real egg of the folder in {@code ROOKERY_EGGS} asks for to an empty file and to one as a game writes it. */
@Tag("eggs")
class ConfigCorpusTest {

    private static final Map<ConfigParser, String> SAMPLES = Map.of(
            ConfigParser.FILE, "server.cfg",
            ConfigParser.PROPERTIES, "server.properties",
            ConfigParser.INI, "GameUserSettings.ini",
            ConfigParser.JSON, "enshrouded_server.json",
            ConfigParser.YAML, "bungee.yml",
            ConfigParser.TOML, "velocity.toml",
            ConfigParser.XML, "serverconfig.xml");

    private final Map<ConfigParser, Integer> files = new TreeMap<>();
    private final Map<String, Integer> kinds = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    @Test
    void everyFileOfEveryEggIsEdited() throws IOException {
        try (var eggs = Files.walk(Path.of(System.getenv("ROOKERY_EGGS")))) {
            for (var egg : eggs.filter(Files::isRegularFile).sorted().toList()) {
                look(egg);
            }
        }

        System.out.println("config files edited: " + files + ", edits: " + kinds);
        assertThat(failures).isEmpty();
        assertThat(files.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThan(400);
        assertThat(refused)
                .as("an egg that takes the properties of 7 Days to Die for elements names two roots")
                .allMatch(reason -> reason.startsWith("the root element is 'ServerPort'"));
    }

    private void look(Path file) throws IOException {
        List<ConfigFile> configs;
        try {
            var egg = EggReader.read(Files.readAllBytes(file)).egg();
            var plan = ServerPlan.builder()
                    .id(ServerId.random())
                    .name("corpus")
                    .image(egg.defaultImage().orElse("image:1"))
                    .startup(egg.defaultStartup().orElse("run"))
                    .allocations(Allocations.of(new Allocation("127.0.0.1", 25565), List.of()))
                    .build();
            configs = ServerAssembly.configuration(egg, plan).process().configs();
        } catch (EggException ignored) {
            // Another test says which eggs can be read.
            return;
        }
        for (var config : configs) {
            try {
                edit(config);
            } catch (RuntimeException | AssertionError e) {
                failures.add(file + ", " + config.file() + ": " + e);
            }
        }
    }

    private void edit(ConfigFile config) {
        var parser = ConfigParser.find(config.parser()).orElseThrow();
        var edits = config.replace().stream().map(ConfigEdit::of).toList();
        files.merge(parser, 1, Integer::sum);
        edit(parser, "empty file", new byte[0], edits)
                .refusals()
                .forEach(outcome -> refused.add(outcome.reason().orElseThrow()));
        edit(parser, "sample", Editing.file(SAMPLES.get(parser)), edits);
    }

    private EditedFile edit(ConfigParser parser, String name, byte[] content, List<ConfigEdit> edits) {
        var editor = ConfigFileEditor.of(parser);
        var once = editor.edit(content, edits);
        once.outcomes().forEach(outcome -> kinds.merge(name + ", " + outcome.kind(), 1, Integer::sum));
        assertThat(editor.edit(once.content(), edits).changed()).as(name).isFalse();
        return once;
    }
}
