package dev.rookery.api.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rookery.api.dialect.Dialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files of payloads. What is written has to be what the file says, byte for byte but for the white space between its parts. To accept
 * what the code writes now, run the tests with {@code -Drookery.snapshots=accept} and look at the difference.
 */
final class Snapshots {

    private static final Path ROOT = Path.of("src", "test", "resources", "snapshots");
    private static final boolean ACCEPT = "accept".equals(System.getProperty("rookery.snapshots"));
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");

    private Snapshots() {}

    /** Returns the snapshot as it would travel: without white space. */
    static byte[] read(Dialect dialect, String name) {
        return compact(tree(dialect, name));
    }

    static JsonNode tree(Dialect dialect, String name) {
        try (var stream = Snapshots.class.getResourceAsStream("/snapshots/" + name(dialect, name))) {
            // What was accepted a moment ago is not yet among the compiled resources.
            return stream == null || ACCEPT
                    ? MAPPER.readTree(ROOT.resolve(name(dialect, name)).toFile())
                    : MAPPER.readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] compact(JsonNode tree) {
        try {
            return MAPPER.writeValueAsBytes(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void assertWritten(Dialect dialect, String name, byte[] written) {
        if (ACCEPT) {
            accept(dialect, name, written);
        }
        assertThat(new String(written, StandardCharsets.UTF_8))
                .as("%s of %s", name, dialect)
                .isEqualTo(new String(read(dialect, name), StandardCharsets.UTF_8));
    }

    private static void accept(Dialect dialect, String name, byte[] written) {
        try {
            var printer = new DefaultPrettyPrinter()
                    .withObjectIndenter(LINES)
                    .withArrayIndenter(LINES)
                    .withSeparators(
                            Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER));
            var file = ROOT.resolve(name(dialect, name));
            Files.createDirectories(file.getParent());
            var text = MAPPER.writer(printer).writeValueAsString(MAPPER.readTree(written));
            Files.writeString(file, text + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Dialect dialect, String name) {
        return dialect.wireName() + "/" + name + ".json";
    }
}
