package dev.rookery.api.egg;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects warnings, a bounded number of them: a hostile file could cause one for every byte. */
final class Warnings {

    private static final int MAX = 200;
    private static final int MAX_QUOTE = 60;

    private final List<EggFinding> findings = new ArrayList<>();
    private int dropped;

    void add(EggRule rule, String path, EggPlace place, String message) {
        if (findings.size() < MAX) {
            findings.add(new EggFinding(rule, path, Optional.of(place), message));
        } else {
            dropped++;
        }
    }

    List<EggFinding> list() {
        var list = new ArrayList<>(findings);
        if (dropped > 0) {
            list.add(new EggFinding(
                    EggRule.MANY_FINDINGS, "", Optional.empty(), dropped + " more warnings are left out"));
        }
        return list;
    }

    /** Returns foreign text in the form in which messages show it: one line, not too long, in quotes. */
    static String quote(String text) {
        return "'" + plain(text) + "'";
    }

    /** Returns foreign text on one line, not too long. */
    static String plain(String text) {
        var line = text.length() <= MAX_QUOTE ? text : text.substring(0, MAX_QUOTE) + "...";
        return line.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]", "?");
    }
}
