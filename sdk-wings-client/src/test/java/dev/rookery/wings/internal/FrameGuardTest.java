package dev.rookery.wings.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.ProtocolException;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import okio.Buffer;
import okio.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Protocol: RFC 6455 §5.2. */
@Timeout(60)
class FrameGuardTest extends ConsoleFixture {

    private static final int TEXT = 0x1;
    private static final int CONTINUATION = 0x0;
    private static final int PING = 0x9;
    private static final int FIN = 0x80;

    @Test
    void passesFramesOfEveryLengthFormOn() {
        var frames = new Buffer();
        for (int length : new int[] {0, 1, 125, 126, 127, 65_535, 65_536, 200_000}) {
            frame(frames, FIN | TEXT, length);
            frame(frames, FIN | PING, 4);
        }
        frame(frames, FIN | TEXT, (int) FrameGuard.MESSAGE_BYTES_MAX);
        var copy = frames.copy().readByteString();

        for (int step : new int[] {1, 3, 7, 8192}) {
            assertThat(read(copy, step)).as("read in steps of %d", step).isEqualTo(copy);
        }
    }

    @Test
    void refusesAMessageThatIsTooLongBeforeItHasCome() {
        var frames = new Buffer();
        header(frames, FIN | TEXT, FrameGuard.MESSAGE_BYTES_MAX + 1);

        assertThatThrownBy(() -> readAll(frames.readByteString(), 1))
                .isInstanceOf(FrameGuard.TooLongException.class)
                .hasMessageContaining("1048577")
                .hasMessageContaining("1048576");
    }

    @Test
    void addsFragmentsUpButNoFramesInBetween() {
        int half = (int) FrameGuard.MESSAGE_BYTES_MAX / 2;
        var fits = new Buffer();
        frame(fits, TEXT, half);
        frame(fits, FIN | PING, 100);
        frame(fits, FIN | CONTINUATION, half);
        frame(fits, FIN | TEXT, half);
        var tooLong = new Buffer();
        frame(tooLong, TEXT, half);
        frame(tooLong, CONTINUATION, half);
        header(tooLong, FIN | CONTINUATION, 1);

        assertThatCode(() -> readAll(fits.readByteString(), 8192)).doesNotThrowAnyException();
        assertThatThrownBy(() -> readAll(tooLong.readByteString(), 8192))
                .isInstanceOf(FrameGuard.TooLongException.class);
    }

    @Test
    void refusesALengthThatIsNegative() {
        var frames = new Buffer();
        header(frames, FIN | TEXT, Long.MIN_VALUE + 5);

        assertThatThrownBy(() -> readAll(frames.readByteString(), 8192))
                .isInstanceOf(FrameGuard.TooLongException.class);
    }

    @Test
    void endsAConsoleWhoseNodeSendsTooMuchAtOnce() throws Exception {
        var session = live(node());

        session.send("console output", "x".repeat((int) FrameGuard.MESSAGE_BYTES_MAX));

        assertThat(listener.end()).contains("at most 1048576");
        assertThat(peer.server.getRequestCount())
                .as("the same would come again")
                .isEqualTo(1);
    }

    @Test
    void saysSoWhenItHappensWhileOpening() throws Exception {
        var opening = opening(node(), ConsoleOptions.live());
        peer.session().sendRaw("x".repeat(2 * (int) FrameGuard.MESSAGE_BYTES_MAX));

        assertThatThrownBy(() -> opened(opening)).hasCauseInstanceOf(ProtocolException.class);
    }

    @Test
    void takesTheLongestLineThatWingsSends() throws Exception {
        var session = live(node());
        var line = "\u001b".repeat(64 * 1024);

        session.send("console output", line);

        assertThat(listener.next())
                .isInstanceOfSatisfying(
                        ConsoleEvent.Output.class,
                        output -> assertThat(output.line()).isEqualTo(line));
    }

    @Test
    void offersNoCompression() throws Exception {
        CompletableFuture<?> opening = opening(node(), ConsoleOptions.live());

        var session = peer.session();

        assertThat(session.request.getHeaders().get("Sec-WebSocket-Extensions")).isNull();
        opening.cancel(true);
    }

    private static ByteString read(ByteString frames, int step) {
        try {
            return readAll(frames, step);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ByteString readAll(ByteString frames, int step) throws IOException {
        var sink = new Buffer();
        try (var source = new FrameGuard.FrameSource(new Buffer().write(frames))) {
            while (source.read(sink, step) >= 0) {
                // On to the next piece.
            }
        }
        return sink.readByteString();
    }

    private static void frame(Buffer to, int first, int length) {
        header(to, first, length);
        to.write(new byte[length]);
    }

    private static void header(Buffer to, int first, long length) {
        to.writeByte(first);
        if (length >= 0 && length < 126) {
            to.writeByte((int) length);
        } else if (length >= 0 && length < 65_536) {
            to.writeByte(126).writeShort((int) length);
        } else {
            to.writeByte(127).writeLong(length);
        }
    }
}
