package dev.rookery.wings.internal;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleListener;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what a console tells. */
final class RecordingListener implements ConsoleListener {

    final BlockingQueue<ConsoleEvent> events = new LinkedBlockingQueue<>();
    final BlockingQueue<String> disconnections = new LinkedBlockingQueue<>();
    final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    final AtomicInteger atOnce = new AtomicInteger();
    volatile boolean overlapped;

    @Override
    public void onEvent(ConsoleEvent event) {
        overlapped |= atOnce.incrementAndGet() > 1;
        events.add(event);
        atOnce.decrementAndGet();
    }

    @Override
    public void onDisconnected(String reason) {
        disconnections.add(reason);
    }

    @Override
    public void onClosed(String reason) {
        ends.add(reason);
    }

    ConsoleEvent next() throws InterruptedException {
        return take(events);
    }

    String disconnection() throws InterruptedException {
        return take(disconnections);
    }

    String end() throws InterruptedException {
        return take(ends);
    }

    private static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
        var item = queue.poll(30, TimeUnit.SECONDS);
        if (item == null) {
            throw new AssertionError("nothing came");
        }
        return item;
    }
}
