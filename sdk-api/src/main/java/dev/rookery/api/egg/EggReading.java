package dev.rookery.api.egg;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/** What came out of an egg file. Immutable. */
public final class EggReading {

    private final Egg egg;
    private final List<EggFinding> warnings;
    private final Placed document;

    EggReading(Egg egg, List<EggFinding> warnings, Placed document) {
        this.egg = requireNonNull(egg, "egg");
        this.warnings = List.copyOf(warnings);
        this.document = requireNonNull(document, "document");
    }

    /** Returns the egg. */
    public Egg egg() {
        return egg;
    }

    /** Returns what was odd about the file and what was made of it, in the order it was found. */
    public List<EggFinding> warnings() {
        return warnings;
    }

    /**
     * Returns where in the file something stands. What the file does not have is where it should be; what stands inside of a text that
     * holds JSON is where the text is.
     *
     * @param path such as {@code variables[2].rules} or {@code config.startup.done}; empty for the document as a whole
     */
    public EggPlace place(String path) {
        var at = document;
        var reached = "";
        for (var next = step(at, reached, path); next.isPresent(); next = step(at, reached, path)) {
            at = next.get().value();
            reached = next.get().path();
        }
        return at.place();
    }

    private record Step(String path, Placed value) {}

    private static Optional<Step> step(Placed from, String reached, String path) {
        for (var member : from.members().entrySet()) {
            var next = DocumentPath.member(reached, member.getKey());
            if (leadsTo(next, path)) {
                return Optional.of(new Step(next, member.getValue()));
            }
        }
        for (int i = 0; i < from.items().size(); i++) {
            var next = reached + "[" + i + "]";
            if (leadsTo(next, path)) {
                return Optional.of(new Step(next, from.items().get(i)));
            }
        }
        return Optional.empty();
    }

    private static boolean leadsTo(String next, String path) {
        return path.startsWith(next)
                && (path.length() == next.length()
                        || path.charAt(next.length()) == '.'
                        || path.charAt(next.length()) == '[');
    }
}
