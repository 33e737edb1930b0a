package dev.rookery.panel;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A browser that keeps what it is told, as frames; it can be made to stall. */
final class RecordingSink implements BrowserSink {

    final List<String> frames = new CopyOnWriteArrayList<>();
    final List<String> closed = new CopyOnWriteArrayList<>();
    final AtomicInteger together = new AtomicInteger();
    volatile CountDownLatch stall = new CountDownLatch(0);
    volatile boolean gone;

    @Override
    public void send(BrowserEvent event) {
        if (together.incrementAndGet() > 1) {
            frames.add("two at one time");
        }
        try {
            stall.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        together.decrementAndGet();
        if (gone) {
            throw new IllegalStateException("broken pipe");
        }
        frames.add(BrowserFrames.write(event));
    }

    @Override
    public void close(String reason) {
        closed.add(reason);
    }

    /** Returns the lines it was told. */
    List<String> ofType(String type) {
        return frames.stream()
                .filter(frame -> frame.startsWith("{\"type\":\"" + type + "\""))
                .toList();
    }
}
