package dev.rookery.panel.internal.relay;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.panel.BrowserEvent;
import dev.rookery.panel.BrowserEvent.Told;
import java.util.List;
import java.util.OptionalLong;

/**
 * How far one browser has come in the numbered log: leaves out what it has seen, and announces what it will not see. A browser that
 * has seen nothing misses nothing before its first line. Not thread-safe.
 */
final class Cursor {

    private OptionalLong seen;

    Cursor(OptionalLong after) {
        this.seen = after;
    }

    List<BrowserEvent> next(BrowserEvent event) {
        if (!(event instanceof Told told)) {
            return List.of(event);
        }
        if (told.event() instanceof ConsoleEvent.Gap gap) {
            return gap(gap.from(), gap.to());
        }
        if (told.event() instanceof ConsoleEvent.Output output
                && output.number().isPresent()) {
            return line(event, output.number().getAsLong());
        }
        return List.of(event);
    }

    private List<BrowserEvent> gap(long from, long to) {
        if (seen.isEmpty()) {
            seen = OptionalLong.of(to);
            return List.of();
        }
        long first = Math.max(from, seen.getAsLong() + 1);
        if (to < first) {
            return List.of();
        }
        seen = OptionalLong.of(to);
        return List.of(new Told(new ConsoleEvent.Gap(first, to)));
    }

    private List<BrowserEvent> line(BrowserEvent event, long number) {
        if (seen.isPresent() && number <= seen.getAsLong()) {
            return List.of();
        }
        var before = seen;
        seen = OptionalLong.of(number);
        return before.isPresent() && number > before.getAsLong() + 1
                ? List.of(new Told(new ConsoleEvent.Gap(before.getAsLong() + 1, number - 1)), event)
                : List.of(event);
    }
}
