package dev.rookery.daemon.internal.environment.process;

import dev.rookery.api.ConflictException;
import dev.rookery.api.spi.Attachment;
import dev.rookery.api.spi.Output;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows what a process appends to its output, and writes to its input. Thread-safe. */
final class OutputTail implements Attachment {

    private static final Logger LOG = LoggerFactory.getLogger(OutputTail.class);
    private static final int BUFFER_BYTES = 64 << 10;
    private static final int QUEUE = 1024;
    private static final int LOOK_MILLIS = 20;

    private final ProcessFolder folder;
    private final BooleanSupplier over;
    private final Consumer<OutputTail> gone;
    private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(QUEUE);
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable FileChannel input;

    /**
     * Creates it.
     *
     * @param over whether the process has ended
     * @param gone hears when it was closed
     */
    OutputTail(ProcessFolder folder, BooleanSupplier over, Consumer<OutputTail> gone) {
        this.folder = folder;
        this.over = over;
        this.gone = gone;
    }

    void begin(long from, Output output, Consumer<Runnable> threads) {
        threads.accept(() -> read(from, output));
        threads.accept(this::send);
    }

    private void read(long from, Output output) {
        try (var file = FileChannel.open(folder.output(), StandardOpenOption.READ)) {
            file.position(from);
            var buffer = ByteBuffer.allocate(BUFFER_BYTES);
            while (!closed()) {
                // Asked before reading: what was printed before the end is there then.
                boolean last = over.getAsBoolean();
                int count = file.read(buffer);
                if (count > 0) {
                    output.bytes(buffer.array(), count);
                    buffer.clear();
                } else if (last) {
                    break;
                } else {
                    pause();
                }
            }
        } catch (IOException e) {
            if (!closed()) {
                LOG.warn("process {}: its output cannot be read any more: {}", folder.name(), e.toString());
            }
        } finally {
            close();
            output.end();
        }
    }

    private void pause() {
        try {
            closing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closing.countDown();
            Thread.currentThread().interrupt();
        }
    }

    private boolean closed() {
        return closing.getCount() == 0;
    }

    private void send() {
        // Both ways, as the wrapper has it: opening does not wait for a reader.
        try (var pipe = FileChannel.open(folder.stdin(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            input = pipe;
            while (!closed()) {
                var bytes = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (bytes != null) {
                    var left = ByteBuffer.wrap(bytes);
                    while (left.hasRemaining()) {
                        pipe.write(left);
                    }
                }
            }
        } catch (IOException e) {
            // A pipe whose process does not read is closed in the middle of a write.
            if (!closed()) {
                LOG.warn("process {}: its input cannot be written any more: {}", folder.name(), e.toString());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void write(byte[] bytes) {
        if (closed()) {
            throw new ConflictException("the connection to the process has ended");
        }
        if (!queue.offer(bytes.clone())) {
            throw new ConflictException("the process does not read its input: " + QUEUE + " writes are waiting");
        }
    }

    @Override
    public void close() {
        closing.countDown();
        gone.accept(this);
        var pipe = input;
        if (pipe != null) {
            try {
                pipe.close();
            } catch (IOException e) {
                LOG.debug("process {}: closing its input: {}", folder.name(), e.toString());
            }
        }
    }
}
