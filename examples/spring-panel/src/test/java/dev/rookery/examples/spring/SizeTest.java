package dev.rookery.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The promise of the guide: a panel in 300 lines of code, and snippets that are those lines. */
class SizeTest {

    private static final Path SOURCES = Path.of("src/main/java/dev/rookery/examples/spring");
    private static final Path GUIDE = Path.of("../../docs/guide/own-panel.md");
    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void isNoLongerThan300LinesOfCode() throws IOException {
        var code = sources().lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("/**"));
        assertThat(code.count()).isLessThanOrEqualTo(300);
    }

    @Test
    void isWhatTheGuideShows() throws IOException {
        var sources = leftAligned(sources());
        var snippets = SNIPPET.matcher(Files.readString(GUIDE)).results().toList();

        assertThat(snippets).hasSizeGreaterThan(4);
        assertThat(snippets).allSatisfy(snippet -> assertThat(sources).contains(leftAligned(snippet.group(1))));
    }

    private static String sources() throws IOException {
        var text = new StringBuilder();
        try (var files = Files.walk(SOURCES)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }

    private static String leftAligned(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n"));
    }
}
