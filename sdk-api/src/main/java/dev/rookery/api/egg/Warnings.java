package dev.rookery.api.egg;

import java.util.ArrayList;
import java.util.List;

/** Collects warnings, a bounded number of them: a hostile file could cause one for every byte. */
final class Warnings {

    private static final int MAX = 200;
    private static final int MAX_QUOTE = 60;

    private final List<EggWarning> warnings = new ArrayList<>();
    private int dropped;

    void add(String path, String message) {
        if (warnings.size() < MAX) {
            warnings.add(new EggWarning(path, message));
        } else {
            dropped++;
        }
    }

    List<EggWarning> list() {
        var list = new ArrayList<>(warnings);
        if (dropped > 0) {
            list.add(new EggWarning("", dropped + " more warnings are left out"));
        }
        return list;
    }

    /** Returns foreign text in the form in which messages show it: one line, not too long, in quotes. */
    static String quote(String text) {
        var line = text.length() <= MAX_QUOTE ? text : text.substring(0, MAX_QUOTE) + "...";
        return "'" + line.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
