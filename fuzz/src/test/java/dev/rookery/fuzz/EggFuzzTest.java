package dev.rookery.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rookery.api.egg.Egg;
import dev.rookery.api.egg.EggConversion;
import dev.rookery.api.egg.EggException;
import dev.rookery.api.egg.EggFormat;
import dev.rookery.api.egg.EggReader;
import dev.rookery.api.egg.EggReaderOptions;
import dev.rookery.api.egg.EggWriter;

class EggFuzzTest {

    /** What was written may be larger and deeper than what was read. */
    private static final EggReaderOptions ROOMY = new EggReaderOptions(64 * 1024 * 1024, 100, 0);

    @FuzzTest(maxDuration = "10m")
    void eggsAreRefusedOrRead(byte[] input) {
        try {
            var reading = EggReader.read(input);
            assertThat(reading.egg().name()).isNotBlank();
            reading.warnings()
                    .forEach(
                            warning -> assertThat(reading.place(warning.path())).isNotNull());
        } catch (EggException refused) {
            assertThat(refused.getMessage()).hasSizeLessThan(10_000).doesNotContain("\n");
        }
    }

    @FuzzTest(maxDuration = "10m")
    void eggsComeBackAsTheyWereInEveryFormat(byte[] input) {
        Egg egg;
        try {
            egg = EggReader.read(input).egg();
        } catch (EggException ignored) {
            // Refused.
            return;
        }
        for (var format : EggFormat.values()) {
            var converted = EggConversion.of(egg, format).egg();
            for (var syntax : format.syntaxes()) {
                assertThat(EggReader.read(EggWriter.write(converted, syntax), ROOMY)
                                .egg())
                        .isEqualTo(converted);
            }
        }
    }
}
