package dev.rookery.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnsiTextTest {

    @Test
    void removesSequencesAndNothingElse() {
        assertThat(AnsiText.strip("plain\ttext [32m")).isEqualTo("plain\ttext [32m");
        assertThat(AnsiText.strip("\u001b[1;32mgreen\u001b[0m!")).isEqualTo("green!");
        assertThat(AnsiText.strip("a\u001b[?25l\u001b[2Kb\u009b31mc")).isEqualTo("abc");
        assertThat(AnsiText.strip("\u001b]0;a title\u0007x\u001b]8;;u\u001b\\y"))
                .isEqualTo("xy");
        assertThat(AnsiText.strip("a\u001b(Bb\u001b=c\u001b7d")).isEqualTo("abcd");
    }

    @Test
    void sequenceThatTheEndCutsOffGoesAsAWhole() {
        assertThat(AnsiText.strip("a\u001b")).isEqualTo("a");
        assertThat(AnsiText.strip("a\u001b[1;3")).isEqualTo("a");
        assertThat(AnsiText.strip("a\u001b]0;title")).isEqualTo("a");
        assertThat(AnsiText.strip("a\u001b(")).isEqualTo("a");
    }

    @Test
    void brokenSequenceDoesNotEatTheNextOne() {
        assertThat(AnsiText.strip("\u001b[3\u001b[0mx")).isEqualTo("x");
        assertThat(AnsiText.strip("\u001b]title\u001b[0mx")).isEqualTo("x");
    }
}
