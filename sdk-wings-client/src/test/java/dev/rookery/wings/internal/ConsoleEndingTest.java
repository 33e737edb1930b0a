package dev.rookery.wings.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.ConflictException;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.node.ServerState;
import dev.rookery.kit.Backoff;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protocol: node API §4.7. */
@Timeout(60)
class ConsoleEndingTest extends ConsoleFixture {

    @Test
    void endsOnceHoweverOftenItIsClosed() throws Exception {
        var opening = opening(node(), ConsoleOptions.live());
        peer.accepted();
        var console = opened(opening);

        console.close();
        console.close();

        listener.end();
        assertThat(console.open()).isFalse();
        assertThatThrownBy(() -> console.sendCommand("x")).isInstanceOf(ConflictException.class);
        assertThat(listener.ends.poll(200, TimeUnit.MILLISECONDS)).isNull();
        assertThat(listener.overlapped).isFalse();
    }

    @Test
    void endsWhenTheServerIsDeleted() throws Exception {
        var session = live(node());

        session.send("deleted", "null");

        assertThat(listener.next()).isInstanceOf(ConsoleEvent.Deleted.class);
        assertThat(listener.end()).contains("deleted");
    }

    @ParameterizedTest
    @CsvSource({"4409, suspended", "4400, refused", "1000, ended", "1008, ended"})
    void takesARefusalForFinal(int code, String text) throws Exception {
        var session = live(node());

        session.close(code, "because");

        assertThat(listener.end()).contains(text).contains(Integer.toString(code));
        assertThat(peer.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void endsWhenTheServerIsGoneAfterAnOutage() throws Exception {
        var session = live(node());
        peer.answerNext(404, "{\"error\":\"The requested resource does not exist on this instance.\"}");

        session.close(1012, "restart");

        assertThat(listener.end()).contains("404");
    }

    @Test
    void outlivesAListenerThatThrows() throws Exception {
        var seen = new CompletableFuture<ConsoleEvent>();
        var opening =
                CompletableFuture.supplyAsync(() -> node().server(peer.id).console(ConsoleOptions.live(), event -> {
                    if (event instanceof ConsoleEvent.Connected) {
                        throw new IllegalStateException("a listener's own mistake");
                    }
                    seen.complete(event);
                }));
        var session = peer.accepted();
        opened(opening);

        session.send("status", "running");

        assertThat(seen.get(10, TimeUnit.SECONDS)).isEqualTo(new ConsoleEvent.Status(ServerState.RUNNING));
    }

    /** A node that accepts every token and breaks right after was met in the wild. Source: field reports §3.4. */
    @Test
    void leavesANodeAloneForLongerThatBreaksAgainAndAgain() throws Exception {
        var pauses = Backoff.of(Duration.ofSeconds(1), 2, Duration.ofMinutes(1), 0);
        var session = live(node(time, pauses));

        for (int seconds : new int[] {1, 2, 4, 8}) {
            session.close(1012, "restart");
            listener.disconnection();
            assertThat(time.due()).containsExactly(Duration.ofSeconds(seconds));
            time.advance(Duration.ofSeconds(seconds));
            session = peer.accepted();
            assertThat(listener.next()).isInstanceOf(ConsoleEvent.Connected.class);
        }
        time.advance(Duration.ofSeconds(10));
        session.close(1012, "restart");
        listener.disconnection();

        assertThat(time.due()).containsExactly(Duration.ofSeconds(1));
    }
}
