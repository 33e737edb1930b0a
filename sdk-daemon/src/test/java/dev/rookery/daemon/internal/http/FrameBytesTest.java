package dev.rookery.daemon.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.dialect.ConsoleFrames;
import dev.rookery.api.dialect.ConsoleFrames.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Frames that are written by hand are the ones that the JSON writer and Netty's encoder would have made. */
class FrameBytesTest {

    private static void assertSame(Frame frame) {
        var channel = new EmbeddedChannel(new WebSocket13FrameDecoder(false, false, 1 << 24));
        ByteBuf wire = Unpooled.wrappedBuffer(FrameBytes.of(frame));
        channel.writeInbound(wire);
        TextWebSocketFrame decoded = channel.readInbound();
        try {
            assertThat(decoded.isFinalFragment()).isTrue();
            assertThat(decoded.rsv()).isZero();
            var text = decoded.content().toString(UTF_8);
            assertThat(ConsoleFrames.read(text)).isEqualTo(frame);
            if (frame.text().codePoints().allMatch(Character::isBmpCodePoint)) {
                // The others are escaped there and written as they are here.
                assertThat(text).isEqualTo(ConsoleFrames.write(frame));
            }
            assertThat(channel.inboundMessages()).isEmpty();
        } finally {
            decoded.release();
            channel.finishAndReleaseAll();
        }
    }

    @Test
    void escapesEveryCharacterLikeTheJsonWriter() {
        var all = new StringBuilder();
        for (char c = 0; c < 0x3000; c++) {
            all.append(c);
            assertSame(new Frame("console output", List.of(String.valueOf(c))));
        }
        assertSame(new Frame(all.toString(), List.of(all.toString(), "\ud83d\ude00 \uffff")));
    }

    @Test
    void writesAnyNumberOfArguments() {
        assertSame(new Frame("auth success", List.of()));
        assertSame(new Frame("x", List.of("")));
        assertSame(new Frame("console output", List.of("\u001b[31mred\u001b[0m", "123456789012")));
        assertSame(new Frame("", List.of("a", "", "c\\", "\"d")));
    }

    @Test
    void writesEveryKindOfLength() {
        int around = "{\"event\":\"e\",\"args\":[\"\"]}".length();
        for (int size : new int[] {0, 124, 125, 126, 127, 128, 65_534, 65_535, 65_536, 65_537, 1_000_000}) {
            assertSame(new Frame("e", List.of("x".repeat(Math.max(0, size - around)))));
        }
    }

    @Test
    void writesRandomTexts() {
        var random = new Random(20261121);
        for (int i = 0; i < 5_000; i++) {
            var text = random.ints(random.nextInt(200), 0, 0x11000)
                    .filter(c -> c < 0xd800 || c > 0xdfff)
                    .mapToObj(Character::toString)
                    .reduce("", String::concat);
            assertSame(new Frame("console output", List.of(text)));
        }
    }
}
