package dev.rookery.wings.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.dialect.ConsoleFrames;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a listener hears that stands still while thousands of lines come. */
@Timeout(60)
class ConsoleOverflowTest extends ConsoleFixture {

    private static final int QUEUE = 1000;
    private static final int LINES = 20_000;

    private final CountDownLatch gate = new CountDownLatch(1);
    private final BlockingQueue<ConsoleEvent> heard = new LinkedBlockingQueue<>();

    @Test
    void asksANodeThatNumbersItsLinesForWhatWasMissed() throws Exception {
        peer.numbering();
        var session = overflow(true);

        var asked = session.frame();
        assertThat(asked.event()).isEqualTo(ConsoleFrames.RESUME);
        long from = Long.parseLong(asked.text()) + 1;
        assertThat(from).isLessThan(LINES);
        // As our own node does it: all stored lines from there, at the listener's speed.
        for (long number = from; number <= LINES + 1; number++) {
            session.line(number);
            if (number % 500 == 0) {
                awaitHeard(number - 400);
            }
        }

        var lines = linesUntil(LINES + 1);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i)).isEqualTo(new ConsoleEvent.Output("line " + (i + 1), OptionalLong.of(i + 1)));
        }
        assertThat(lines).as("nothing is missing and nothing told twice").hasSize(LINES + 1);
    }

    @Test
    void asksTheNextConnectionForWhatWasMissedWhenThisOneBreaks() throws Exception {
        peer.numbering();
        var session = sent(true);
        session.close(1012, "restart");
        var again = peer.accepted();
        gate.countDown();

        assertThat(again.resume).isPresent();
        long last = Long.parseLong(again.resume.get().text());
        assertThat(last).isLessThan(LINES);
        awaitHeard(last);
        for (long number = last + 1; number <= last + 100; number++) {
            again.line(number);
        }

        var lines = linesUntil(last + 100);
        assertThat(lines).hasSize((int) last + 100).noneMatch(ConsoleEvent.Gap.class::isInstance);
        assertThat(again.waiting()).as("asked once").isZero();
    }

    @Test
    void announcesWhatTheNodeNoLongerHas() throws Exception {
        peer.numbering();
        var session = overflow(true);
        long last = Long.parseLong(session.frame().text());

        session.send(ConsoleFrames.GAP, Long.toString(last + 1), Integer.toString(LINES));
        session.line(LINES + 1);

        var lines = linesUntil(LINES + 1);
        assertThat(lines).hasSize((int) last + 2);
        assertThat(lines.subList((int) last, lines.size()))
                .containsExactly(
                        new ConsoleEvent.Gap(last + 1, LINES),
                        new ConsoleEvent.Output("line " + (LINES + 1), OptionalLong.of(LINES + 1)));
    }

    @Test
    void announcesWhatWasMissedOfANodeWithoutNumbers() throws Exception {
        var session = overflow(false);
        var told = new ArrayList<ConsoleEvent>();
        while (told.isEmpty() || !(told.get(told.size() - 1) instanceof ConsoleEvent.Gap)) {
            told.add(next());
        }
        session.send("console output", "after");

        var gap = (ConsoleEvent.Gap) told.get(told.size() - 1);
        assertThat(gap.from()).isEqualTo(told.size());
        assertThat(gap.to()).isEqualTo(LINES);
        assertThat(next()).isEqualTo(new ConsoleEvent.Output("after", OptionalLong.empty()));
        assertThat(session.waiting()).as("a foreign node is asked for nothing").isZero();
    }

    @Test
    void losesNothingToAListenerThatOnlyPauses() throws Exception {
        peer.numbering();
        gate.countDown();
        var opening = CompletableFuture.supplyAsync(
                () -> patientNode(QUEUE).server(peer.id).console(ConsoleOptions.live(), this::hear));
        var session = peer.accepted();
        opened(opening);
        for (int i = 1; i <= LINES; i++) {
            session.line(i);
        }

        assertThat(linesUntil(LINES)).hasSize(LINES).noneMatch(ConsoleEvent.Gap.class::isInstance);
        assertThat(session.waiting()).as("nothing was asked for again").isZero();
    }

    /** Sends lines to a listener that stands still, and lets it run once all of them have been taken in. */
    private ConsolePeer.Session overflow(boolean numbered) throws Exception {
        var session = sent(numbered);
        gate.countDown();
        return session;
    }

    private ConsolePeer.Session sent(boolean numbered) throws Exception {
        var opening = CompletableFuture.supplyAsync(
                () -> node(QUEUE).server(peer.id).console(ConsoleOptions.live(), this::hear));
        var session = peer.accepted();
        opened(opening);
        for (int i = 1; i <= LINES; i++) {
            if (numbered) {
                session.line(i);
            } else {
                session.send("console output", "line " + i);
            }
        }
        // Answered once everything before has been taken in.
        session.send("token expiring");
        session.accept();
        return session;
    }

    private void hear(ConsoleEvent event) {
        await(gate);
        if (event instanceof ConsoleEvent.Output || event instanceof ConsoleEvent.Gap) {
            heard.add(event);
        }
    }

    private List<ConsoleEvent> linesUntil(long number) throws InterruptedException {
        var lines = new ArrayList<ConsoleEvent>();
        do {
            lines.add(next());
        } while (!(lines.get(lines.size() - 1) instanceof ConsoleEvent.Output output)
                || output.number().orElse(0) != number);
        return lines;
    }

    private void awaitHeard(long count) {
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> heard.size() >= count);
    }

    private ConsoleEvent next() throws InterruptedException {
        var event = heard.poll(20, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("nothing came");
        }
        return event;
    }
}
