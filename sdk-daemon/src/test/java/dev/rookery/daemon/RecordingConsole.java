package dev.rookery.daemon;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleListener;
import dev.rookery.api.node.ServerState;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A console listener that keeps what it hears. */
final class RecordingConsole implements ConsoleListener {

    final List<ConsoleEvent> events = new CopyOnWriteArrayList<>();
    volatile String closed = "";

    @Override
    public void onEvent(ConsoleEvent event) {
        events.add(event);
    }

    @Override
    public void onClosed(String reason) {
        closed = reason;
    }

    List<String> lines() {
        return of(ConsoleEvent.Output.class).map(ConsoleEvent.Output::line).toList();
    }

    List<Long> numbers() {
        return of(ConsoleEvent.Output.class)
                .filter(output -> output.number().isPresent())
                .map(output -> output.number().getAsLong())
                .toList();
    }

    List<ServerState> states() {
        return of(ConsoleEvent.Status.class).map(ConsoleEvent.Status::state).toList();
    }

    <T extends ConsoleEvent> java.util.stream.Stream<T> of(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast);
    }
}
