package dev.rookery.daemon.internal.environment.docker;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import dev.rookery.api.ConflictException;
import dev.rookery.api.spi.Attachment;
import dev.rookery.api.spi.Output;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One hijacked connection to a container with a TTY, whose output is not framed. Thread-safe. */
final class DockerAttachment implements Attachment {

    private static final Logger LOG = LoggerFactory.getLogger(DockerAttachment.class);
    private static final int BUFFER_BYTES = 32 << 10;

    private final Response response;
    private final StdinPipe stdin;
    private final AtomicBoolean closed = new AtomicBoolean();

    DockerAttachment(Response response, StdinPipe stdin) {
        this.response = response;
        this.stdin = stdin;
    }

    /** Begins to read; {@code ended} is run when there is no more. */
    void read(Executor threads, Output output, Runnable ended) {
        threads.execute(() -> {
            var buffer = new byte[BUFFER_BYTES];
            try (var body = response.getBody()) {
                int count = body.read(buffer);
                while (count >= 0) {
                    output.bytes(buffer, count);
                    count = body.read(buffer);
                }
            } catch (IOException | RuntimeException e) {
                if (!closed.get()) {
                    LOG.debug("attached stream ended: {}", e.toString());
                }
            } finally {
                close();
                ended.run();
                output.end();
            }
        });
    }

    @Override
    public void write(byte[] bytes) {
        if (!stdin.offer(bytes)) {
            throw new ConflictException(
                    closed.get()
                            ? "the process does not take input any more"
                            : "the process has not read what was sent before (1 MiB waits)");
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            stdin.close();
            response.close();
        }
    }
}
