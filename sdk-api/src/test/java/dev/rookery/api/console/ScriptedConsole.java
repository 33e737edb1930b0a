package dev.rookery.api.console;

import dev.rookery.api.node.PowerAction;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** A console that tells what the test says, on a thread of its own. */
final class ScriptedConsole implements Console {

    private final ConsoleListener listener;
    private final BlockingQueue<Runnable> script = new LinkedBlockingQueue<>();
    private final AtomicBoolean open = new AtomicBoolean(true);
    private volatile boolean ended;

    ScriptedConsole(ConsoleListener listener) {
        this.listener = listener;
        var thread = new Thread(this::run, "scripted-console");
        thread.setDaemon(true);
        thread.start();
    }

    void tell(ConsoleEvent event) {
        script.add(() -> listener.onEvent(event));
    }

    void lines(int from, int to) {
        for (int number = from; number <= to; number++) {
            tell(line(number));
        }
    }

    void end(String reason) {
        script.add(() -> {
            ended = true;
            listener.onClosed(reason);
        });
    }

    static ConsoleEvent line(int number) {
        return new ConsoleEvent.Output("line " + number, OptionalLong.of(number));
    }

    /** Returns how much has yet to be told. */
    int untold() {
        return script.size();
    }

    @Override
    public void sendCommand(String line) {
        tell(new ConsoleEvent.Output(line, OptionalLong.empty()));
    }

    @Override
    public void setState(PowerAction action) {}

    @Override
    public void requestLogs() {}

    @Override
    public void requestStats() {}

    @Override
    public boolean open() {
        return open.get();
    }

    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            script.clear();
            end("closed");
        }
    }

    private void run() {
        try {
            while (!ended) {
                try {
                    script.take().run();
                } catch (IllegalStateException ignored) {
                    // A listener's own mistake; the next event is told all the same.
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
