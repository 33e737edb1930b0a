package dev.rookery.api.egg;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects what checks find, a bounded number of it. */
final class EggFindings {

    static final EggPlace START = new EggPlace(1, 1);

    private static final int MAX = 1000;

    private final @Nullable Function<String, EggPlace> places;
    private final List<EggFinding> found = new ArrayList<>();
    private int dropped;

    /** Creates a collection; without places for an egg that comes from no file. */
    EggFindings(@Nullable Function<String, EggPlace> places) {
        this.places = places;
    }

    void add(EggRule rule, String path, String message) {
        if (found.size() == MAX) {
            dropped++;
            return;
        }
        var place = places == null ? Optional.<EggPlace>empty() : Optional.of(places.apply(path));
        found.add(new EggFinding(rule, path, place, message));
    }

    List<EggFinding> list() {
        var list = new ArrayList<>(found);
        if (dropped > 0) {
            list.add(new EggFinding(EggRule.MANY_FINDINGS, "", Optional.empty(), dropped + " more are left out"));
        }
        return list;
    }
}
