package dev.rookery.daemon.internal.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OutputJoinTest {

    @Test
    void findsTheLinesThatBothHave() {
        assertThat(OutputJoin.overlap(List.of("a", "b", "c", "d"), List.of("c", "d", "e"), 2, 2))
                .isEqualTo(2);
    }

    @Test
    void knowsALineThatWasCutByTheAttach() {
        assertThat(OutputJoin.overlap(List.of("a", "hello world"), List.of("world", "next"), 1, 1))
                .isEqualTo(1);
    }

    @Test
    void findsNoneWhenNothingWasPrintedMeanwhile() {
        assertThat(OutputJoin.overlap(List.of("tick", "tick"), List.of("tick"), 0, 0))
                .isZero();
    }

    @Test
    void tellsEqualLinesApartByHowManyTheEngineStored() {
        var stored = List.of("tick", "tick", "tick", "tick", "tick");
        assertThat(OutputJoin.overlap(stored, List.of("tick", "tick", "tick"), 2, 2))
                .isEqualTo(2);
    }

    @Test
    void numbersFromTheContainersBase() {
        assertThat(OutputJoin.firstNumber(List.of("a", "b"), 0, 10, List.of())).isEqualTo(11);
        assertThat(OutputJoin.firstNumber(List.of("a", "b"), 5, 10, List.of())).isEqualTo(16);
    }

    @Test
    void numbersByKnownLinesWhenTheLogWasRotated() {
        var known = List.of(new NumberedLine(100, "x"), new NumberedLine(101, "y"));
        assertThat(OutputJoin.firstNumber(List.of("w", "x", "y", "z"), 0, 10, known))
                .isEqualTo(99);
    }

    @Test
    void leavesANumberOutWhenNothingIsKnownAnyMore() {
        var known = List.of(new NumberedLine(100, "x"), new NumberedLine(101, "y"));
        assertThat(OutputJoin.firstNumber(List.of("p", "q"), 0, 10, known)).isEqualTo(103);
    }
}
