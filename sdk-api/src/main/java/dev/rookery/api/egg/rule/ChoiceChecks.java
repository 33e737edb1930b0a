package dev.rookery.api.egg.rule;

import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Rules that list texts. */
final class ChoiceChecks {

    private static final int MOST_SHOWN = 12;

    private ChoiceChecks() {}

    static @Nullable Check find(ParsedRule rule, LaravelVersion version) throws Check.Refused {
        var parameters = rule.parameters();
        boolean withNull = version == LaravelVersion.LARAVEL_11;
        return switch (rule.key()) {
            case "in" -> new Check(rule, "one of " + shown(parameters), in(parameters, version));
            case "notin" ->
                new Check(
                        rule,
                        "none of " + shown(parameters),
                        in(parameters, version).negate());
            case "startswith" ->
                new Check(rule, "a text that begins with " + shown(parameters), any(parameters, String::startsWith));
            case "endswith" ->
                new Check(rule, "a text that ends with " + shown(parameters), any(parameters, String::endsWith));
            case "doesntstartwith" ->
                new Check(
                        rule,
                        "a text that does not begin with " + shown(parameters),
                        none(parameters, String::startsWith, withNull));
            case "doesntendwith" ->
                new Check(
                        rule,
                        "a text that does not end with " + shown(parameters),
                        none(parameters, String::endsWith, withNull));
            case "accepted" -> listed(rule, List.of("yes", "on", "1", "true"));
            case "declined" -> listed(rule, List.of("no", "off", "0", "false"));
            case "lowercase" ->
                new Check(
                        rule,
                        "a text in lower case",
                        subject -> subject.value() != null
                                && subject.text().toLowerCase(Locale.ROOT).equals(subject.text()));
            case "uppercase" ->
                new Check(
                        rule,
                        "a text in upper case",
                        subject -> subject.value() != null
                                && subject.text().toUpperCase(Locale.ROOT).equals(subject.text()));
            default -> null;
        };
    }

    private static Check listed(ParsedRule rule, List<String> words) {
        return new Check(rule, "one of " + shown(words), subject -> words.contains(subject.text()));
    }

    private static Predicate<Subject> in(List<String> choices, LaravelVersion version) {
        if (version == LaravelVersion.LARAVEL_11) {
            return subject -> choices.stream().anyMatch(PhpText.looselyEqual(subject.text()));
        }
        // What follows the colon of 'in:' is nothing, and nothing is not the empty text.
        return subject -> choices.contains(subject.text()) && !choices.equals(List.of(""));
    }

    private static Predicate<Subject> any(List<String> parts, BiPredicate<String, String> test) {
        return subject -> subject.value() != null && found(parts, test, subject.text());
    }

    private static Predicate<Subject> none(List<String> parts, BiPredicate<String, String> test, boolean withNull) {
        return subject -> subject.value() == null ? withNull : !found(parts, test, subject.text());
    }

    private static boolean found(List<String> parts, BiPredicate<String, String> test, String text) {
        return parts.stream().anyMatch(part -> !part.isEmpty() && test.test(text, part));
    }

    static String shown(List<String> choices) {
        var first = choices.stream()
                .limit(MOST_SHOWN)
                .map(choice -> choice.isEmpty() || PhpText.trim(choice).length() != choice.length()
                        ? "'" + choice + "'"
                        : choice)
                .toList();
        var words = String.join(", ", first);
        return choices.size() > MOST_SHOWN ? words + " and " + (choices.size() - MOST_SHOWN) + " more" : words;
    }
}
