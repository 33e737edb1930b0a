package dev.rookery.wings.internal;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.Content;
import dev.rookery.api.DeadlineException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import okhttp3.RequestBody;

/** Makes bodies of known length out of content: Wings refuses a body whose length is not announced. Source: node API §2.5 write. */
final class Spool {

    private static final int CHUNK = 64 * 1024;

    private Spool() {}

    /** Hands {@code content} to {@code sender}; what has no length goes through a file first. The content is not closed. */
    static void send(NodeConnection node, Content content, Consumer<RequestBody> sender) throws IOException {
        if (content.sizeBytes().isPresent()) {
            sender.accept(Bodies.stream(content.stream(), content.sizeBytes().getAsLong()));
            return;
        }
        var file = Files.createTempFile(node.spoolDirectory(), "rookery-upload-", ".tmp");
        try (var channel = FileChannel.open(
                        file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
                var spooled = Content.of(channel)) {
            copy(node, content.stream(), channel);
            sender.accept(Bodies.stream(spooled.stream(), channel.size()));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void copy(NodeConnection node, InputStream stream, FileChannel target) throws IOException {
        var out = Channels.newOutputStream(target);
        byte[] chunk = new byte[CHUNK];
        for (int count = stream.read(chunk); count >= 0; count = stream.read(chunk)) {
            out.write(chunk, 0, count);
            if (node.options().cancel().filter(CancelSignal::cancelled).isPresent()) {
                throw new DeadlineException("the upload was cancelled");
            }
        }
    }
}
