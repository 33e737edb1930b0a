package dev.rookery.proxy.internal.check;

import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects findings about one place of a document after another. Used by one thread. */
final class Findings {

    private final List<Finding> found;
    private final Optional<String> route;
    private final Place place;

    Findings() {
        this(new ArrayList<>(), Optional.empty(), new Place(null, "", -1));
    }

    private Findings(List<Finding> found, Optional<String> route, Place place) {
        this.found = found;
        this.route = route;
        this.place = place;
    }

    /** Returns what was found so far, anywhere. */
    List<Finding> all() {
        return List.copyOf(found);
    }

    /** Returns a view on a member below. */
    Findings at(String member) {
        return new Findings(found, route, new Place(place, member, -1));
    }

    /** Returns a view on an item of a list below. */
    Findings at(String member, int index) {
        return new Findings(found, route, new Place(place, member, index));
    }

    /** Returns a view on a route. */
    Findings of(String id) {
        return new Findings(found, Optional.of(id), place);
    }

    void error(String code, String message) {
        add(code, Finding.Severity.ERROR, message);
    }

    void warning(String code, String message) {
        add(code, Finding.Severity.WARNING, message);
    }

    void note(String code, String message) {
        add(code, Finding.Severity.NOTE, message);
    }

    /** Notes an error unless something holds. */
    void require(boolean holds, String code, String message) {
        if (!holds) {
            error(code, message);
        }
    }

    /** Notes what reading something refuses. */
    <T> Optional<T> read(String code, Reading<T> reading) {
        try {
            return Optional.of(reading.read());
        } catch (InvalidInputException e) {
            error(code, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void add(String code, Finding.Severity severity, String message) {
        found.add(new Finding(code, severity, route, place.pointer(), message));
    }

    /** Reads something. */
    @FunctionalInterface
    interface Reading<T> {
        T read();
    }

    /** Where something is. What it is called is asked only where something is wrong, which is hardly anywhere. */
    private record Place(@Nullable Place above, String member, int index) {

        String pointer() {
            if (above == null) {
                return "";
            }
            var here = above.pointer() + "/" + member.replace("~", "~0").replace("/", "~1");
            return index < 0 ? here : here + "/" + index;
        }
    }
}
