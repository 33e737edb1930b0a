package dev.rookery.examples.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.egg.EggReader;
import dev.rookery.daemon.DaemonOptions;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedTest {

    private static final Path EGG = Path.of("../panel/src/main/resources/eggs/echo.json");
    private static final Path GUIDE = Path.of("../../docs/guide/daemon-embedders.md");
    private static final Path SOURCES = Path.of("src/main/java/dev/rookery/examples/embedded");

    @TempDir
    Path folder;

    @Test
    @Tag("docker")
    void runsAnEggAndGoesOnWithItsServerTheNextTime() throws IOException, InterruptedException {
        var options =
                DaemonOptions.builder(UUID.randomUUID(), folder.resolve("node")).build();

        assertThat(run(options, "say hi\n"))
                .contains("Installed.", "Ready for commands", "You say: hi", "Goodbye.")
                .endsWith("-- offline\n");
        assertThat(run(options, ""))
                .as("what is installed stays")
                .contains("Ready for commands", "Goodbye.")
                .doesNotContain("Installed.");
    }

    private static String run(DaemonOptions options, String input) throws IOException, InterruptedException {
        var out = new ByteArrayOutputStream();
        var panel = OneServer.of(EggReader.read(Files.readAllBytes(EGG)).egg());
        Embedded.run(
                options,
                panel,
                new BufferedReader(new StringReader(input)),
                new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theGuideShowsThisProgram() throws IOException {
        var guide = Files.readString(GUIDE);

        assertThat(guide).contains(snippet("OneServer.java", "panel")).contains(snippet("Embedded.java", "daemon"));
    }

    private static String snippet(String file, String name) throws IOException {
        List<String> lines = Files.readAllLines(SOURCES.resolve(file)).stream()
                .dropWhile(line -> !line.strip().equals("// snippet: " + name))
                .skip(1)
                .takeWhile(line -> !line.strip().equals("// end"))
                .toList();
        assertThat(lines).as(file + " " + name).isNotEmpty();
        int indent = lines.get(0).length() - lines.get(0).stripLeading().length();
        return lines.stream()
                .map(line -> line.isBlank() ? "" : line.substring(indent))
                .collect(Collectors.joining("\n"));
    }
}
