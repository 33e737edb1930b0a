package dev.rookery.wings.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.dialect.ConsoleFrames;
import dev.rookery.api.dialect.ConsoleFrames.Frame;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Protocol: node API §4.6. */
@Timeout(60)
class ConsoleLinesTest extends ConsoleFixture {

    @Test
    void asksForNumbersOnlyWhereTheyAreOffered() throws Exception {
        peer.numbering();
        var opening = opening(node(), ConsoleOptions.after(41));
        var session = peer.accepted();
        opened(opening);

        assertThat(session.resume).contains(Frame.of(ConsoleFrames.RESUME, "41"));
        session.line(42);
        listener.next();
        assertThat(listener.next()).isEqualTo(new ConsoleEvent.Output("line 42", OptionalLong.of(42)));
    }

    @Test
    void beginsLiveWithoutANumber() throws Exception {
        peer.numbering();
        opening(node(), ConsoleOptions.live());

        assertThat(peer.accepted().resume).contains(Frame.of(ConsoleFrames.RESUME));
    }

    @Test
    void asksAForeignNodeForItsLastLines() throws Exception {
        opening(node(), ConsoleOptions.after(0));

        var session = peer.accepted();

        assertThat(session.frame()).isEqualTo(Frame.of(ConsoleFrames.SEND_LOGS));
        assertThat(session.resume)
                .as("a foreign node never sees a frame of ours")
                .isEmpty();
    }

    @Test
    void resumesAfterABrokenCable() throws Exception {
        peer.numbering();
        var cable = new Cable(peer.server.getPort());
        toClose.add(cable);
        var opening = opening(node(cable.url(), Clock.systemUTC(), ConsoleTimer.SYSTEM), ConsoleOptions.after(0));
        var first = peer.accepted();
        opened(opening);
        first.line(1);
        first.line(2);
        assertThat(listener.next()).isInstanceOf(ConsoleEvent.Connected.class);
        listener.next();
        listener.next();

        cable.cut();

        assertThat(listener.disconnection()).isNotBlank();
        var second = peer.accepted();
        assertThat(second.resume).contains(Frame.of(ConsoleFrames.RESUME, "2"));
        second.line(3);
        assertThat(listener.next()).isInstanceOf(ConsoleEvent.Connected.class);
        assertThat(listener.next()).isEqualTo(new ConsoleEvent.Output("line 3", OptionalLong.of(3)));
        assertThat(listener.ends).isEmpty();
    }

    @Test
    void keepsTryingUntilTheNodeIsBack() throws Exception {
        var session = live(node());
        peer.answerNext(502, "");
        peer.answerNext(400, "{\"error\":\"Too many open websocket connections.\"}");

        session.close(1012, "restart");

        peer.accepted();
        assertThat(listener.disconnection()).contains("1012");
        assertThat(listener.next()).isInstanceOf(ConsoleEvent.Connected.class);
        assertThat(listener.disconnections).as("one outage is told once").isEmpty();
    }

    @Test
    void announcesLinesThatNeverCame() throws Exception {
        peer.numbering();
        var session = live(node());
        session.line(5);
        session.line(9);
        session.send(ConsoleFrames.GAP, "10", "19");
        session.line(20);

        assertThat(List.of(listener.next(), listener.next(), listener.next(), listener.next(), listener.next()))
                .containsExactly(
                        new ConsoleEvent.Output("line 5", OptionalLong.of(5)),
                        new ConsoleEvent.Gap(6, 8),
                        new ConsoleEvent.Output("line 9", OptionalLong.of(9)),
                        new ConsoleEvent.Gap(10, 19),
                        new ConsoleEvent.Output("line 20", OptionalLong.of(20)));
    }

    @Test
    void tellsNoLineTwiceThatAForeignNodeShowsAgain() throws Exception {
        var session = live(node());
        session.send("console output", "a");
        session.send("console output", "b");
        listener.next();
        listener.next();

        session.close(1012, "restart");
        var again = peer.accepted();
        assertThat(again.frame()).isEqualTo(Frame.of(ConsoleFrames.SEND_LOGS));
        for (var line : List.of("a", "b", "c", "d")) {
            again.send("console output", line);
        }

        assertThat(listener.next()).isInstanceOf(ConsoleEvent.Connected.class);
        assertThat(listener.next()).isEqualTo(new ConsoleEvent.Output("c", OptionalLong.empty()));
        assertThat(listener.next()).isEqualTo(new ConsoleEvent.Output("d", OptionalLong.empty()));
    }

    @Test
    void survivesFramesThatAreNone() throws Exception {
        var session = live(node());
        session.sendRaw("not json");
        session.sendRaw("{\"args\":[\"x\"]}");
        session.sendRaw("{\"event\":\"stats\",\"args\":[\"{oops\"]}");
        session.send("throttled", "global");

        assertThat(listener.next()).isInstanceOf(ConsoleEvent.Unknown.class);
        assertThat(listener.next()).isEqualTo(new ConsoleEvent.Throttled("global"));
    }
}
