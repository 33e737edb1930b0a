package dev.rookery.api.egg;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Says what is wrong and odd about an egg, where, and what to do about it.
 *
 * <pre>{@code
 * for (var finding : EggLint.check(EggReader.read(file))) {
 *     System.err.println(finding.severity() + " " + finding.path() + ": " + finding.message());
 * }
 * }</pre>
 *
 * <p>Looks at the egg only: nothing is downloaded, run or sent. No finding quotes what looks like a secret.
 */
@Incubating
public final class EggLint {

    private EggLint() {}

    /** Returns what there is to say about an egg file, what the reader said included, in the order of the file. */
    public static List<EggFinding> check(EggReading reading) {
        var found = new EggFindings(reading::place);
        check(reading.egg(), found);
        var all = new ArrayList<>(reading.warnings());
        all.addAll(found.list());
        all.sort(Comparator.comparing(
                finding -> finding.place().orElse(EggFindings.START),
                Comparator.comparingInt(EggPlace::line).thenComparingInt(EggPlace::column)));
        return List.copyOf(all);
    }

    /** Returns what there is to say about an egg that comes from no file: without places, and without what a reader would say. */
    public static List<EggFinding> check(Egg egg) {
        var found = new EggFindings(null);
        check(requireNonNull(egg, "egg"), found);
        return found.list();
    }

    private static void check(Egg egg, EggFindings found) {
        MemberLint.check(egg, found);
        ProcessLint.check(egg, found);
        PlaceholderLint.check(egg, found);
        ScriptLint.check(egg, found);
        VariableLint.check(egg, found);
    }
}
