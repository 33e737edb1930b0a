package dev.rookery.wings.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.dialect.ConsoleFrames;
import dev.rookery.api.dialect.ConsoleFrames.Frame;
import dev.rookery.wings.internal.ConsoleOutbox.Unsent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Request;
import okhttp3.WebSocket;
import okio.ByteString;
import org.junit.jupiter.api.Test;

/** A socket that broke takes nothing more before it says that it did. */
class ConsoleOutboxTest {

    private final ManualTimer time = new ManualTimer();
    private final ConsoleOutbox outbox = new ConsoleOutbox(time, new Timers<>(ConsoleDue.class, time, Runnable::run));
    private final Breaking socket = new Breaking();

    @Test
    void knowsOfARequestThatTheSocketDidNotTake() {
        outbox.connected(socket);
        outbox.add(command("taken"));
        time.advance(Duration.ofSeconds(2));
        socket.broken = true;
        outbox.add(command("refused"));
        outbox.add(command("waiting"));
        time.advance(Duration.ofSeconds(2));

        assertThat(outbox.disconnected())
                .containsExactly(new Unsent(command("refused"), true), new Unsent(command("waiting"), true));
        assertThat(socket.taken).hasSize(1);
    }

    @Test
    void beginsAnewWithTheNextSocket() {
        outbox.connected(socket);
        socket.broken = true;
        outbox.add(command("refused"));
        outbox.disconnected();
        var next = new Breaking();
        outbox.connected(next);

        outbox.add(command("later"));

        assertThat(next.taken).singleElement().asString().contains("later");
        assertThat(outbox.disconnected()).isEmpty();
    }

    private static Frame command(String text) {
        return Frame.of(ConsoleFrames.SEND_COMMAND, text);
    }

    private static final class Breaking implements WebSocket {

        final List<String> taken = new ArrayList<>();
        boolean broken;

        @Override
        public Request request() {
            return new Request.Builder().url("http://node.example/").build();
        }

        @Override
        public long queueSize() {
            return 0;
        }

        @Override
        public boolean send(String text) {
            return !broken && taken.add(text);
        }

        @Override
        public boolean send(ByteString bytes) {
            return false;
        }

        @Override
        public boolean close(int code, String reason) {
            return false;
        }

        @Override
        public void cancel() {}
    }
}
