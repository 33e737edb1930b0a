package dev.rookery.api.egg.rule;

import dev.rookery.api.egg.rule.RuleProblem.Reason;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what a rule asks for. */
final class RuleCatalogue {

    /** Rules that also run on a missing value. */
    private static final Set<String> IMPLICIT =
            Set.of("Accepted", "Declined", "Filled", "Missing", "Present", "Required");

    private static final Set<String> NUMBERS = Set.of("Numeric", "Integer", "Decimal");

    /** A text is never one of these. */
    private static final Set<String> OTHER_TYPES = Set.of(
            "array",
            "list",
            "contains",
            "requiredarraykeys",
            "file",
            "image",
            "mimes",
            "mimetypes",
            "extensions",
            "dimensions");

    /** Rules of Laravel that ask for more than the value. */
    private static final Set<String> NOT_CHECKED = Set.of(
            "acceptedif",
            "activeurl",
            "after",
            "afterorequal",
            "base64",
            "before",
            "beforeorequal",
            "confirmed",
            "currentpassword",
            "date",
            "dateequals",
            "dateformat",
            "declinedif",
            "different",
            "distinct",
            "doesntcontain",
            "encoding",
            "exclude",
            "excludeif",
            "excludeunless",
            "excludewith",
            "excludewithout",
            "exists",
            "inarray",
            "inarraykeys",
            "missingif",
            "missingunless",
            "missingwith",
            "missingwithall",
            "presentif",
            "presentunless",
            "presentwith",
            "presentwithall",
            "prohibitedif",
            "prohibitedifaccepted",
            "prohibitedifdeclined",
            "prohibitedunless",
            "prohibits",
            "requiredif",
            "requiredifaccepted",
            "requiredifdeclined",
            "requiredunless",
            "requiredwith",
            "requiredwithall",
            "requiredwithout",
            "requiredwithoutall",
            "same",
            "unique");

    private static final List<Family> FAMILIES = List.of(
            (rule, counted, version) -> presence(rule),
            (rule, counted, version) -> TextChecks.find(rule, version),
            (rule, counted, version) -> SizeChecks.find(rule, counted),
            (rule, counted, version) -> NumberChecks.find(rule, version),
            (rule, counted, version) -> ChoiceChecks.find(rule, version),
            (rule, counted, version) -> AddressChecks.find(rule, version));

    private RuleCatalogue() {}

    /** Rules that have something in common. */
    private interface Family {

        /** Returns what a rule asks for, null if it is none of these. */
        @Nullable
        Check find(ParsedRule rule, boolean counted, LaravelVersion version) throws Check.Refused;
    }

    static boolean implicit(ParsedRule rule) {
        return IMPLICIT.contains(rule.name());
    }

    static boolean numeric(ParsedRule rule) {
        return NUMBERS.contains(rule.name());
    }

    /**
     * Returns what a rule asks for.
     *
     * @param counted whether the rules say that the value is a number
     * @throws Check.Refused if it cannot be enforced
     */
    static Check find(ParsedRule rule, boolean counted, LaravelVersion version) throws Check.Refused {
        for (var family : FAMILIES) {
            var check = family.find(rule, counted, version);
            if (check != null) {
                return check;
            }
        }
        if (OTHER_TYPES.contains(rule.key())) {
            return new Check(rule, "a list or a file, which no variable can be", subject -> false);
        }
        if (NOT_CHECKED.contains(rule.key())) {
            throw new Check.Refused(
                    rule, Reason.NOT_CHECKED, "it asks for more than the value (expected: a rule about the value)");
        }
        throw new Check.Refused(rule, Reason.UNKNOWN_RULE, "there is no such rule (expected: one of Laravel's)");
    }

    private static @Nullable Check presence(ParsedRule rule) {
        return switch (rule.key()) {
            case "required" -> new Check(rule, "a value", subject -> !subject.missing());
            case "filled" ->
                new Check(rule, "a value if it is given", subject -> !subject.present() || !subject.missing());
            case "present" -> new Check(rule, "to be given, be it empty", Subject::present);
            case "missing" -> new Check(rule, "not to be given", subject -> !subject.present());
            case "prohibited" -> new Check(rule, "no value", Subject::missing);
            case "nullable", "sometimes", "bail" -> new Check(rule, "", subject -> true);
            default -> null;
        };
    }
}
