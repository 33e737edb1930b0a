package dev.rookery.api.egg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Writes and converts every real egg of the folder in {@code ROOKERY_EGGS}. */
@Tag("eggs")
class EggWriterCorpusTest {

    private final List<String> wrong = new ArrayList<>();

    @Test
    void everyEggComesBackEqualInItsOwnFormatAndInEveryOtherButForWhatIsNamed() throws IOException {
        int pairs = 0;
        for (var file : EggCorpus.files()) {
            Egg egg;
            try {
                egg = EggReader.read(Files.readAllBytes(file)).egg();
            } catch (EggException ignored) {
                // The reader's tests are about these.
                continue;
            }
            for (var format : EggFormat.values()) {
                pairs++;
                try {
                    check(egg, format);
                } catch (RuntimeException | AssertionError e) {
                    wrong.add(file + " as " + format + ": " + e);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(pairs).isGreaterThan(5000);
    }

    static void check(Egg egg, EggFormat format) {
        var conversion = EggConversion.of(egg, format);
        if (format == egg.format()) {
            assertThat(conversion.egg()).isEqualTo(egg);
        }
        assertThat(Differences.between(egg, conversion.egg()))
                .isEqualTo(conversion.changes().stream()
                        .map(EggChange::path)
                        .collect(Collectors.toCollection(TreeSet::new)));
        for (var syntax : format.syntaxes()) {
            var written = EggWriter.write(conversion.egg(), syntax);
            var again = EggReader.read(written).egg();
            assertThat(again)
                    .as(() -> new String(written, StandardCharsets.UTF_8))
                    .isEqualTo(conversion.egg());
            assertThat(Differences.inOrder(again)).isEqualTo(Differences.inOrder(conversion.egg()));
        }
    }
}
