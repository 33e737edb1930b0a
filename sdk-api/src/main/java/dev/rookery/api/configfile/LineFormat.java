package dev.rookery.api.configfile;

import dev.rookery.api.CancelSignal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Replaces lines by what they begin with. Several edits that fit one line are written one behind the other. Line ends stay; conditions are
 * not looked at. Source: daemon behaviour §7.4.
 */
final class LineFormat implements FileFormat {

    @Override
    public Result edit(String text, List<ConfigEdit> edits, ConfigFileOptions options, CancelSignal cancel) {
        var replacements = new ArrayList<@Nullable String>();
        var outcomes = new ArrayList<EditOutcome>();
        for (var edit : edits) {
            try {
                replacements.add(edit.updateExisting() ? Values.text(edit.replacement()) : null);
            } catch (Refusal refusal) {
                replacements.add(null);
                outcomes.add(EditOutcome.refused(edit, refusal));
                continue;
            }
            outcomes.add(EditOutcome.unmatched(edit));
        }
        var counts = new Counts(edits.size());
        var changed = replace(text, edits, replacements, counts, options, cancel);
        for (int i = 0; i < edits.size(); i++) {
            if (outcomes.get(i).kind() != EditOutcome.Kind.REFUSED) {
                outcomes.set(i, EditOutcome.of(edits.get(i), counts.found[i], counts.changed[i]));
            }
        }
        return new Result(changed, outcomes);
    }

    private static String replace(
            String text,
            List<ConfigEdit> edits,
            List<@Nullable String> replacements,
            Counts counts,
            ConfigFileOptions options,
            CancelSignal cancel) {
        var out = new StringBuilder(text.length());
        int at = 0;
        int lines = 0;
        while (at < text.length()) {
            if (++lines > options.maxValues()) {
                throw new ConfigFileException("too many lines (expected: at most " + options.maxValues() + ")");
            }
            FileFormat.requireWanted(cancel);
            int next = next(text, at);
            int end = contentEnd(text, at, next);
            var line = fitting(text, at, end, edits, replacements);
            if (line == null) {
                out.append(text, at, next);
                at = next;
                continue;
            }
            // A replacement of several lines may be there already from an earlier start.
            int present = presentEnd(text, at, line.text.toString());
            boolean same = present >= 0;
            line.edits.forEach(i -> counts.count(i, !same));
            int to = same ? present : end;
            out.append(same ? text.substring(at, to) : line.text);
            int rest = same ? next(text, to) : next;
            out.append(text, to, rest);
            at = rest;
            if (out.length() > options.maxBytes()) {
                throw new ConfigFileException(
                        "too long with its replacements (expected: at most " + options.maxBytes() + " bytes)");
            }
        }
        return out.toString();
    }

    /** Returns what is to stand in place of a line, null if nothing is: most lines are none of an egg's business. */
    private static @Nullable Line fitting(
            String text, int from, int end, List<ConfigEdit> edits, List<@Nullable String> replacements) {
        Line line = null;
        for (int i = 0; i < edits.size(); i++) {
            var replacement = replacements.get(i);
            var match = edits.get(i).match();
            if (replacement != null && match.length() <= end - from && text.startsWith(match, from)) {
                line = line == null ? new Line(new StringBuilder(), new ArrayList<>()) : line;
                line.text.append(replacement);
                line.edits.add(i);
            }
        }
        return line;
    }

    /** Returns the end of a text that stands at a place and fills whole lines there, or -1. */
    private static int presentEnd(String text, int at, String wanted) {
        if (!text.startsWith(wanted, at)) {
            return -1;
        }
        int end = at + wanted.length();
        boolean whole = end == text.length() || text.charAt(end) == '\n' || text.startsWith("\r\n", end);
        return whole ? end : -1;
    }

    private static int next(String text, int at) {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end + 1;
    }

    private static int contentEnd(String text, int at, int next) {
        int end = next > at && text.charAt(next - 1) == '\n' ? next - 1 : next;
        return end < next && end > at && text.charAt(end - 1) == '\r' ? end - 1 : end;
    }

    private record Line(StringBuilder text, List<Integer> edits) {}

    /** How many lines each edit fits, and how many it changes. */
    private static final class Counts {

        private final int[] found;
        private final int[] changed;

        Counts(int edits) {
            found = new int[edits];
            changed = new int[edits];
        }

        void count(int edit, boolean change) {
            found[edit]++;
            changed[edit] += change ? 1 : 0;
        }
    }
}
