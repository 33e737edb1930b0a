package dev.rookery.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares what a guide shows with the test that it was cut from. */
public final class GuideSnippets {

    private GuideSnippets() {}

    /**
     * Fails unless a guide shows what runs.
     *
     * @param guide the name of its file
     * @param test whose source has the marks
     * @param count how many pieces of it there are in the guide
     */
    public static void assertShown(String guide, Class<?> test, int count) throws IOException {
        var source = Files.readString(
                Path.of("src", "test", "java").resolve(test.getName().replace('.', '/') + ".java"));
        var snippets = Pattern.compile(
                        "<!-- from " + test.getSimpleName() + " tag (\\w+) -->\\s*```java\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("..", "docs", "guide", guide)));
        int found = 0;
        while (snippets.find()) {
            found++;
            assertThat(snippets.group(2).strip()).as(snippets.group(1)).isEqualTo(tagged(source, snippets.group(1)));
        }
        assertThat(found).isEqualTo(count);
    }

    private static String tagged(String source, String tag) {
        var found = Pattern.compile(
                        "// tag::" + Matcher.quoteReplacement(tag) + "\\[]\\n(.*?)\\n\\s*// end::"
                                + Matcher.quoteReplacement(tag) + "\\[]",
                        Pattern.DOTALL)
                .matcher(source);
        assertThat(found.find()).as(tag).isTrue();
        return found.group(1).stripIndent().strip();
    }
}
