package dev.rookery.daemon.internal.console;

import dev.rookery.api.spi.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The output of an attached container, as lines. May be held back until it is known where its first line belongs. Thread-safe.
 */
public final class LiveOutput implements Output {

    /** More than this is not held back; what comes before is then found in the engine's log only. */
    private static final int HELD_MAX = 200_000;

    private static final long HELD_BYTES_MAX = 16 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final LineAssembler assembler;
    private final Consumer<String> lines;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<String> held = new ArrayList<>();
    private boolean holding;
    private long heldBytes;

    /**
     * Creates it.
     *
     * @param maxLineBytes where longer lines are cut
     * @param holding whether to hold lines back until {@link #release}
     * @param lines hears each line, on the reader's thread; must not wait
     */
    public LiveOutput(int maxLineBytes, boolean holding, Consumer<String> lines) {
        this.lines = lines;
        this.holding = holding;
        this.assembler = new LineAssembler(maxLineBytes, this::line);
    }

    @Override
    public void bytes(byte[] buffer, int length) {
        lock.lock();
        try {
            assembler.feed(buffer, length);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void end() {
        lock.lock();
        try {
            assembler.end();
        } finally {
            lock.unlock();
            ended.countDown();
        }
    }

    /** Returns what was held back so far, once it is {@code count} lines or the time is over. */
    public List<String> held(int count, long waitMillis) throws InterruptedException {
        lock.lock();
        try {
            long nanos = TimeUnit.MILLISECONDS.toNanos(waitMillis);
            while (held.size() < count && heldBytes < HELD_BYTES_MAX && nanos > 0) {
                nanos = grown.awaitNanos(nanos);
            }
            return List.copyOf(held);
        } finally {
            lock.unlock();
        }
    }

    /** Lets the held lines go, after {@code before} has run and without the first {@code skip}, and holds no more. */
    public void release(int skip, Runnable before) {
        lock.lock();
        try {
            before.run();
            held.stream().skip(skip).forEach(lines);
            held.clear();
            holding = false;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the output has ended; returns whether it has. */
    public boolean awaitEnd(long waitMillis) throws InterruptedException {
        return ended.await(waitMillis, TimeUnit.MILLISECONDS);
    }

    private void line(String text) {
        if (holding && held.size() < HELD_MAX && heldBytes < HELD_BYTES_MAX) {
            held.add(text);
            heldBytes += Utf8.length(text);
            grown.signalAll();
        } else if (!holding) {
            lines.accept(text);
        }
    }
}
