package dev.rookery.testing.node;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleListener;
import dev.rookery.testing.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Keeps every console event, in order. Thread-safe. */
public final class RecordingConsoleListener implements ConsoleListener {

    private final List<ConsoleEvent> events = new ArrayList<>();
    private int closed;
    private int disconnected;

    @Override
    public synchronized void onEvent(ConsoleEvent event) {
        events.add(event);
    }

    @Override
    public synchronized void onDisconnected(String reason) {
        disconnected++;
    }

    @Override
    public synchronized void onClosed(String reason) {
        closed++;
    }

    /** Returns how often a lost connection was told. */
    public synchronized int disconnected() {
        return disconnected;
    }

    /** Returns how often the end was told. */
    public synchronized int closed() {
        return closed;
    }

    /** Returns all events so far. */
    public synchronized List<ConsoleEvent> events() {
        return List.copyOf(events);
    }

    /** Returns all events of a kind so far. */
    public <T extends ConsoleEvent> List<T> events(Class<T> kind) {
        return events().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Returns the numbers of the numbered lines so far, in the order of arrival. */
    public List<Long> numbers() {
        return events(ConsoleEvent.Output.class).stream()
                .filter(output -> output.number().isPresent())
                .map(output -> output.number().getAsLong())
                .toList();
    }

    /** Returns the first line that contains a text. */
    public Optional<ConsoleEvent.Output> line(String text) {
        return events(ConsoleEvent.Output.class).stream()
                .filter(output -> output.line().contains(text))
                .findFirst();
    }

    /** Waits for a line that contains a text. */
    public ConsoleEvent.Output awaitLine(String text, Duration deadline) {
        Eventually.holds(
                () -> "a line with '" + text + "' among " + events(),
                deadline,
                () -> line(text).isPresent());
        return line(text).orElseThrow();
    }

    /** Waits for an event of a kind that passes a test. */
    public <T extends ConsoleEvent> void await(Class<T> kind, Predicate<T> test, Duration deadline) {
        Eventually.holds(
                () -> "a " + kind.getSimpleName() + " among " + events(),
                deadline,
                () -> events(kind).stream().anyMatch(test));
    }
}
