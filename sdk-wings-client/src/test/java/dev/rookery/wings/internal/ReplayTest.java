package dev.rookery.wings.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReplayTest {

    private final Replay replay = new Replay();

    @Test
    void findsWhatIsNewBehindWhatWasTold() {
        List.of("a", "b", "c").forEach(replay::told);

        assertThat(replay.fresh(List.of("b", "c", "d"))).containsExactly("d");
        assertThat(replay.fresh(List.of("x", "a", "b", "c", "d", "e"))).containsExactly("d", "e");
        assertThat(replay.fresh(List.of("a", "b", "c"))).isEmpty();
    }

    @Test
    void takesTheLongestOverlapOfLinesThatRepeat() {
        List.of("tick", "tick").forEach(replay::told);

        assertThat(replay.fresh(List.of("tick", "tick", "tock"))).containsExactly("tock");
    }

    @Test
    void tellsEverythingWithoutAnOverlap() {
        List.of("a", "b").forEach(replay::told);

        assertThat(replay.fresh(List.of("c", "d"))).containsExactly("c", "d");
        assertThat(new Replay().fresh(List.of("c"))).containsExactly("c");
    }

    @Test
    void ignoresTheDaemonsOwnLinesWhichTheLogLacks() {
        List.of("a", "\u001b[33m\u001b[1m[Pelican Daemon]:\u001b[39m Pulling\u001b[0m", "b")
                .forEach(replay::told);

        assertThat(replay.fresh(List.of("a", "b", "c"))).containsExactly("c");
    }

    @Test
    void remembersALimitedNumberOfLines() {
        IntStream.range(0, 1000).mapToObj(i -> "line " + i).forEach(replay::told);

        var shown = IntStream.range(850, 1002).mapToObj(i -> "line " + i).toList();
        assertThat(replay.fresh(shown)).containsExactly("line 1000", "line 1001");
    }
}
