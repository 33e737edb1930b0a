package dev.rookery.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentTest {

    @Test
    void bytesKnowTheirSize() throws IOException {
        try (var content = Content.of(new byte[] {1, 2, 3})) {
            assertThat(content.sizeBytes()).hasValue(3);
            assertThat(content.file()).isEmpty();
            assertThat(content.stream().readAllBytes()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void closingClosesTheStream() throws IOException {
        var closed = new AtomicBoolean();
        var stream = new ByteArrayInputStream(new byte[0]) {
            @Override
            public void close() {
                closed.set(true);
            }
        };
        var content = Content.of(stream, OptionalLong.empty());
        assertThat(content.sizeBytes()).isEmpty();
        content.close();
        assertThat(closed).isTrue();
    }

    @Test
    void fileIsReadFromItsFirstByteAndClosed(@TempDir Path folder) throws IOException {
        var file = Files.write(folder.resolve("f"), new byte[] {4, 5, 6});
        var channel = FileChannel.open(file);
        channel.position(2);
        try (var content = Content.of(channel)) {
            assertThat(content.sizeBytes()).hasValue(3);
            assertThat(content.file()).contains(channel);
            assertThat(content.stream().readAllBytes()).containsExactly(4, 5, 6);
        }
        assertThat(channel.isOpen()).isFalse();
    }
}
