package dev.rookery.examples.load.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rookery.examples.load.measure.Findings.Row;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the measurements conclude from. */
class CountsTest {

    private final LineCount count = new LineCount(new Histogram());

    private void lines(long... numbers) {
        for (long number : numbers) {
            count.line(number, System.nanoTime());
        }
    }

    @Test
    void countsLinesThatNeverCame() {
        lines(3, 4, 7, 8, 12);

        assertThat(count.missing()).isEqualTo(5);
        assertThat(count.first()).isEqualTo(3);
        assertThat(count.whole()).isEqualTo(4);
        assertThat(count.last()).isEqualTo(12);
        assertThat(count.reordered()).isZero();
    }

    @Test
    void countsLinesThatCameTooLateOrTwice() {
        lines(1, 2, 2, 3, 1, 4);

        assertThat(count.reordered()).isEqualTo(2);
        assertThat(count.missing()).isZero();
        assertThat(count.whole()).isEqualTo(4);
    }

    @Test
    void knowsQuantilesUpToAHundredth() {
        var histogram = new Histogram();
        var random = new Random(7);
        var values = random.longs(20_000, 0, 5_000_000).sorted().toArray();
        for (long value : values) {
            histogram.add(value);
        }

        for (double share : new double[] {0.01, 0.5, 0.9, 0.99, 0.999}) {
            double exact = values[(int) Math.ceil(share * values.length) - 1];
            assertThat((double) histogram.quantile(share)).isCloseTo(exact, within(exact / 64 + 1));
        }
        assertThat(histogram.total()).isEqualTo(20_000);
        assertThat(histogram.quantile(1)).isEqualTo(histogram.max()).isEqualTo(values[values.length - 1]);
        assertThat(new Histogram().quantile(0.99)).isZero();
    }

    @Test
    void holdsEveryDuration() {
        var histogram = new Histogram();
        for (long value : new long[] {-5, 0, 127, 128, 255, 256, Long.MAX_VALUE}) {
            histogram.add(value);
        }

        assertThat(histogram.quantile(0.3)).isEqualTo(127);
        assertThat(histogram.quantile(1)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void takesTheMiddleOfSeveralRounds() {
        var samples = new Samples();
        assertThat(samples.isEmpty()).isTrue();
        samples.add(9);
        samples.add(1);
        assertThat(samples.median()).isEqualTo(5);
        samples.add(2);
        assertThat(samples.median()).isEqualTo(2);
        assertThat(samples.text(value -> value + "s")).isEqualTo("2.0s (1.0s to 9.0s)");
    }

    @Test
    void tellsWrongFromMissed() {
        var missed = new Findings("t", List.of(), List.of(Row.atLeast("a", "1/s", "2/s", 0.5, 0.6)), List.of());
        var kept = new Findings("t", List.of(), List.of(Row.atLeast("a", "1/s", "2/s", 0.6, 0.6)), List.of("lost"));

        assertThat(missed.right()).isTrue();
        assertThat(missed.aimsKept()).isFalse();
        assertThat(missed.text())
                .contains("| a | 1/s | 2/s | 0.50 | >= 0.60 | missed |")
                .doesNotContain("Wrong");
        assertThat(kept.right()).isFalse();
        assertThat(kept.aimsKept()).isTrue();
        assertThat(kept.text()).contains("## Wrong\n\n- lost");
        assertThat(kept.json()).contains("\"wrong\":[\"lost\"]", "\"kept\":true");
    }
}
