package dev.rookery.api.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A part of a text that is to be another one.
 *
 * @param start where it begins
 * @param end where it is over; the same for something that is put in between
 * @param text what is to stand there
 */
public record TextSplice(int start, int end, String text) {

    /** Returns a text with some parts replaced, empty if two of them overlap. */
    public static Optional<String> apply(String text, List<TextSplice> splices) {
        var sorted = splices.stream()
                .sorted(Comparator.comparingInt(TextSplice::start))
                .toList();
        var out = new StringBuilder(text.length());
        int copied = 0;
        for (var splice : sorted) {
            if (splice.start() < copied) {
                return Optional.empty();
            }
            out.append(text, copied, splice.start()).append(splice.text());
            copied = splice.end();
        }
        return Optional.of(out.append(text, copied, text.length()).toString());
    }
}
