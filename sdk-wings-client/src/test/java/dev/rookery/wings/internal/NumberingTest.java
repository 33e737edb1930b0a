package dev.rookery.wings.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.dialect.ConsoleFrames;
import dev.rookery.api.dialect.ConsoleFrames.Frame;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class NumberingTest {

    private final Numbering numbering = new Numbering(OptionalLong.empty());

    @Test
    void resumesAfterTheLastLine() {
        numbering.connected();
        numbering.accept(7);
        numbering.accept(8);

        assertThat(numbering.resume()).isEqualTo(Frame.of(ConsoleFrames.RESUME, "8"));
    }

    @Test
    void resumesAfterAGapAtTheEnd() {
        numbering.accept(new ConsoleEvent.Gap(9, 30));

        assertThat(numbering.resume()).isEqualTo(Frame.of(ConsoleFrames.RESUME, "30"));
    }

    @Test
    void mindsNoLinesThatWereAskedForOnceMore() {
        numbering.connected();
        numbering.accept(7);
        numbering.accept(8);

        assertThat(numbering.accept(7)).isEmpty();
        assertThat(numbering.accept(9)).isEmpty();
    }

    @Test
    void followsALogThatWasBegunAnew() {
        numbering.connected();
        numbering.accept(700);
        numbering.connected();

        assertThat(numbering.accept(1)).isEmpty();
        assertThat(numbering.accept(2)).isEmpty();
        assertThat(numbering.resume()).isEqualTo(Frame.of(ConsoleFrames.RESUME, "2"));
    }
}
