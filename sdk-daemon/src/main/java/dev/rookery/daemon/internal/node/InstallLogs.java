package dev.rookery.daemon.internal.node;

import dev.rookery.api.UnavailableException;
import dev.rookery.daemon.internal.job.InstallFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the logs of installations. */
final class InstallLogs {

    private static final int MAX_BYTES = 4 << 20;

    private InstallLogs() {}

    /** Returns the script's output, of a long one the end; empty if there is no log. */
    static String read(Path file) {
        try (var channel = FileChannel.open(file)) {
            long from = Math.max(0, channel.size() - MAX_BYTES);
            var bytes = ByteBuffer.allocate((int) (channel.size() - from));
            while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
                // Until the end.
            }
            var text = StandardCharsets.UTF_8.decode(bytes.flip()).toString();
            int ruler = text.indexOf(InstallFiles.RULER + "\n");
            return ruler < 0 ? text : text.substring(ruler + InstallFiles.RULER.length() + 1);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UnavailableException("the log of the installation cannot be read", e);
        }
    }
}
