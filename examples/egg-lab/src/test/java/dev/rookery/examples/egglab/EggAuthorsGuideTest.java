package dev.rookery.examples.egglab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.egg.EggChange;
import dev.rookery.api.egg.EggConversion;
import dev.rookery.api.egg.EggException;
import dev.rookery.api.egg.EggFormat;
import dev.rookery.api.egg.EggLint;
import dev.rookery.api.egg.EggReader;
import dev.rookery.api.egg.EggRule.Severity;
import dev.rookery.api.egg.EggSyntax;
import dev.rookery.api.egg.EggWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide for authors shows runs, and it shows what runs here; written anew with {@code -Deggs.page=accept}. */
class EggAuthorsGuideTest {

    private static final Path GUIDE = Path.of("../../docs/guide/egg-authors.md");
    private static final Path SOURCE = Path.of("src/test/java/dev/rookery/examples/egglab/EggAuthorsGuideTest.java");
    private static final Pattern RUN = Pattern.compile("(<!-- run: (.*?) -->\n```\n)(.*?)```", Pattern.DOTALL);
    private static final Pattern SNIPPET =
            Pattern.compile("(<!-- from EggAuthorsGuideTest tag (\\w+) -->\n```java\n)(.*?)```", Pattern.DOTALL);

    /** Full of what authors get wrong. */
    private static final String PAPER = """
            {
                "meta": {
                    "version": "PTDL_v2"
                },
                "name": "Paper",
                "author": "someone",
                "docker_images": {
                    "Java 21": "registry.example/java:21"
                },
                "startup": "java -Xmx{{SERVER_MEMORY}}M -jar {{JARFILE}}",
                "config": {
                    "files": "{\\"server.properties\\": {\\"parser\\": \\"properties\\", \\"find\\": {\\"server-port\\": \\"{{SERVER_PORT}}\\"}}}",
                    "startup": "{\\"done\\": \\")! For help\\"}",
                    "logs": "{}",
                    "stop": "^^C"
                },
                "scripts": {
                    "installation": {
                        "script": "#!/bin/ash\\ncurl -o server.jar http://downloads.example/paper.jar",
                        "container": "alpine:3.9",
                        "entrypoint": "ash"
                    }
                },
                "variables": [
                    {
                        "name": "Jar",
                        "env_variable": "SERVER_JARFILE",
                        "default_value": "server.zip",
                        "user_viewable": true,
                        "user_editable": true,
                        "rules": "required|regex:/^[a-z]+\\\\.jar$/"
                    }
                ]
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void readsAndLints() {
        var file = Eggs.ODD.getBytes(StandardCharsets.UTF_8);
        var shown = new ArrayList<String>();
        // tag::read[]
        try {
            var reading = EggReader.read(file);
            for (var finding : EggLint.check(reading)) {
                if (finding.severity() != Severity.NOTE) {
                    shown.add(finding.place().orElseThrow() + " " + finding.message() + ": "
                            + finding.rule().advice());
                }
            }
        } catch (EggException e) {
            shown.add(e.getMessage()); // says line, column, path and what was expected
        }
        // end::read[]
        assertThat(shown).hasSize(2).allMatch(line -> line.endsWith("."));
    }

    @Test
    void convertsAndWrites() throws IOException {
        var egg = EggReader.read(Eggs.GOOD).egg();
        var target = folder.resolve("egg.json");
        // tag::convert[]
        var conversion = EggConversion.of(egg, EggFormat.PTDL_V2);
        var lost = conversion.changes().stream()
                .filter(change -> change.kind() == EggChange.Kind.LEFT_OUT)
                .toList();
        Files.write(target, EggWriter.write(conversion.egg(), EggSyntax.JSON));
        // end::convert[]
        assertThat(lost).hasSize(2);
        assertThat(EggReader.read(Files.readAllBytes(target)).egg()).isEqualTo(conversion.egg());
    }

    @Test
    void theGuideShowsWhatRunsHere() throws IOException {
        Eggs.write(folder, "paper.json", PAPER);
        Eggs.write(folder, "broken.json", PAPER.replace("\"name\": \"Paper\",", "\"name\": \"Paper\""));
        Eggs.write(folder, "demo.yaml", Eggs.GOOD);
        var guide = Files.readString(GUIDE);
        var source = Files.readString(SOURCE);

        var shown = RUN.matcher(guide)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + printed(found.group(2)) + "```"));
        shown = SNIPPET.matcher(shown)
                .replaceAll(
                        found -> Matcher.quoteReplacement(found.group(1) + tagged(source, found.group(2)) + "\n```"));
        if ("accept".equals(System.getProperty("eggs.page"))) {
            Files.writeString(GUIDE, shown);
        }
        assertThat(Files.readString(GUIDE))
                .as("write it anew: -Deggs.page=accept")
                .isEqualTo(shown);
        assertThat(RUN.matcher(guide).results()).hasSize(3);
        assertThat(SNIPPET.matcher(guide).results()).hasSize(2);
    }

    private String printed(String command) {
        var arguments = new ArrayList<String>();
        for (var word : List.of(command.split(" "))) {
            arguments.add(
                    word.matches("out|.*\\.(json|yaml)") ? folder.resolve(word).toString() : word);
        }
        var run = RunProgram.with(arguments.toArray(String[]::new));
        return run.output().replace(folder + "/", "").replace("\r\n", "\n");
    }

    private static String tagged(String source, String tag) {
        var match = Pattern.compile("// tag::" + tag + "\\[]\\n(.*?) *// end::" + tag + "\\[]", Pattern.DOTALL)
                .matcher(source);
        assertThat(match.find()).as("tag " + tag).isTrue();
        return match.group(1).stripIndent().strip();
    }
}
