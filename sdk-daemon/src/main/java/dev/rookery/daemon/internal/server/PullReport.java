package dev.rookery.daemon.internal.server;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.spi.ImageListener;
import dev.rookery.daemon.internal.console.ServerConsole;

/** Tells a server's consoles how far the pull of its image is: as text, and layer by layer for those who can show it. Thread-safe. */
final class PullReport implements ImageListener {

    private final ServerConsole console;

    PullReport(ServerConsole console) {
        this.console = console;
    }

    @Override
    public void line(String text) {
        console.installOutput(text);
    }

    @Override
    public void layer(String layer, LayerStep step, long doneBytes, long totalBytes) {
        console.event(
                switch (step) {
                    case PULLING ->
                        new ConsoleEvent.ImagePullProgress(
                                layer, "pulling", new ConsoleEvent.Progress(doneBytes, totalBytes));
                    case EXTRACTING ->
                        new ConsoleEvent.ImagePullProgress(
                                layer, "extracting", new ConsoleEvent.Progress(doneBytes, totalBytes));
                    case COMPLETED -> new ConsoleEvent.ImagePullCompleted(layer);
                });
    }
}
