package dev.rookery.daemon.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.stream.ChunkedWriteHandler;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class FileChunksTest {

    @TempDir
    Path folder;

    @Test
    void givesAPartOfAFile() throws IOException {
        var content = new byte[200_000];
        new Random(3).nextBytes(content);
        var channel = new EmbeddedChannel(new ChunkedWriteHandler());
        try (var file = open(content)) {
            assertThat(channel.writeAndFlush(new FileChunks(file, 1000, 150_000))
                            .isSuccess())
                    .isTrue();
        }
        var sent = channel.alloc().buffer();
        for (ByteBuf chunk = channel.readOutbound(); chunk != null; chunk = channel.readOutbound()) {
            sent.writeBytes(chunk);
            chunk.release();
        }
        var part = new byte[sent.readableBytes()];
        sent.readBytes(part).release();
        assertThat(part).hasSize(150_000);
        assertThat(part[0]).isEqualTo(content[1000]);
        assertThat(part[149_999]).isEqualTo(content[150_999]);
        channel.finishAndReleaseAll();
    }

    @Test
    void failsWhereTheFileBecomesShorterInsteadOfSendingNothingWithoutEnd() throws IOException {
        var channel = new EmbeddedChannel(new ChunkedWriteHandler());
        try (var file = open(new byte[100_000])) {
            var sent = channel.writeAndFlush(new FileChunks(file, 0, 150_000));
            assertThat(sent.isDone()).isTrue();
            assertThat(sent.cause()).isInstanceOf(EOFException.class).hasMessageContaining("50000 bytes too early");
        }
        channel.finishAndReleaseAll();
    }

    private FileChannel open(byte[] content) throws IOException {
        return FileChannel.open(Files.write(folder.resolve("file"), content), StandardOpenOption.READ);
    }
}
