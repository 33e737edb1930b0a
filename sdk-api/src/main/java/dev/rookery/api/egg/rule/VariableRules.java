package dev.rookery.api.egg.rule;

import dev.rookery.api.Incubating;
import dev.rookery.api.egg.EggVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a variable, with the meaning that they have in Laravel's validator. Source: eggs §10.
 *
 * <pre>{@code
 * var rules = VariableRules.of(variable);
 * rules.check("abc").forEach(failure -> show(failure.message()));   // 'abc' (expected: a whole number)
 * }</pre>
 *
 * <p>Rules run in their order. A blank text is looked at only by rules about presence ({@code required}, {@code present}, ...), and so is
 * no value if the rules have {@code nullable}. Nothing runs after such a rule has failed, nor after any failure if the rules have
 * {@code bail}. Sizes ({@code max}, {@code between}, ...) are those of the number if the rules also have {@code numeric}, {@code integer} or
 * {@code decimal}, else the number of characters.
 *
 * <p>A rule that is unknown or broken is not enforced but told by {@link #problems()}. However hostile rules and values are, a check
 * takes bounded time: a value that a regular expression cannot be searched in within a number of steps is refused, and so is one longer
 * than {@value #LONGEST} characters, which no process can be given; of more than {@value #MOST} rules, or ten regular expressions, the rest is
 * not enforced. Immutable, thread-safe.
 */
@Incubating
public final class VariableRules {

    /** The longest value that is accepted: the kernel takes no longer variable. */
    public static final int LONGEST = 131_072;

    /** The most rules of a variable that are enforced, those that come first. */
    public static final int MOST = 100;

    private static final int MOST_PATTERNS = 10;
    private static final int LONGEST_SHOWN = 60;

    private final List<ParsedRule> rules;
    private final List<Check> checks;
    private final List<RuleProblem> problems;

    private VariableRules(List<ParsedRule> rules, List<Check> checks, List<RuleProblem> problems) {
        this.rules = List.copyOf(rules);
        this.checks = List.copyOf(checks);
        this.problems = List.copyOf(problems);
    }

    /** Returns the rules of a variable, as Pelican's panel means them. */
    public static VariableRules of(EggVariable variable) {
        return of(variable.rules());
    }

    /** Returns rules, one a text, as Pelican's panel means them. */
    public static VariableRules of(List<String> rules) {
        return of(rules, LaravelVersion.LARAVEL_13);
    }

    /**
     * Returns rules.
     *
     * @param rules one a text, as {@code max:20}; empty ones are skipped
     * @param version whose meaning they have
     */
    public static VariableRules of(List<String> rules, LaravelVersion version) {
        var all = rules.stream()
                .map(ParsedRule::parse)
                .filter(rule -> !rule.name().isEmpty())
                .toList();
        var parsed = all.subList(0, Math.min(all.size(), MOST));
        boolean counted = parsed.stream().anyMatch(RuleCatalogue::numeric);
        var checks = new ArrayList<Check>();
        var problems = new ArrayList<RuleProblem>();
        int patterns = 0;
        for (var rule : parsed) {
            try {
                if (rule.pattern() && ++patterns > MOST_PATTERNS) {
                    throw new Check.Refused(
                            rule,
                            RuleProblem.Reason.TOO_MANY,
                            "there are too many (expected: at most " + MOST_PATTERNS + ")");
                }
                checks.add(RuleCatalogue.find(rule, counted, version));
            } catch (Check.Refused e) {
                problems.add(e.problem());
            }
        }
        if (all.size() > MOST) {
            problems.add(new Check.Refused(
                            all.get(MOST),
                            RuleProblem.Reason.TOO_MANY,
                            "nor is any behind it: " + all.size() + " rules (expected: at most " + MOST + ")")
                    .problem());
        }
        return new VariableRules(parsed, checks, problems);
    }

    /** Returns what keeps a value from being accepted, in the order of the rules; nothing if it is. */
    public List<RuleFailure> check(String value) {
        return check(new Subject(value, true, counted()));
    }

    /** Returns what keeps "no value" (null) from being accepted: what Laravel's panels make of an empty field. */
    public List<RuleFailure> checkNull() {
        return check(new Subject(null, true, counted()));
    }

    /** Returns what keeps it from being accepted that the variable is not mentioned at all. */
    public List<RuleFailure> checkAbsent() {
        return check(new Subject(null, false, counted()));
    }

    /** Returns whether a value breaks no rule that is enforced. */
    public boolean accepts(String value) {
        return check(value).isEmpty();
    }

    /** Returns the rules that are not enforced. */
    public List<RuleProblem> problems() {
        return problems;
    }

    /** Returns what the rules want, for people, in their order: {@code a whole number}, {@code at most 20}. */
    public List<String> expectations() {
        return checks.stream()
                .map(Check::expected)
                .filter(expected -> !expected.isEmpty())
                .toList();
    }

    /** Returns whether a value has to be given. */
    public boolean required() {
        return has("Required");
    }

    /** Returns whether no value is a value. */
    public boolean nullable() {
        return has("Nullable");
    }

    /** Returns the values to choose from, if the rules list them. */
    public Optional<List<String>> choices() {
        return rules.stream().filter(rule -> rule.named("In")).findFirst().map(ParsedRule::parameters);
    }

    /** Returns the control that fits, as Pelican's panel chooses it. */
    public InputKind inputKind() {
        if (has("In")) {
            return InputKind.SELECT;
        }
        if (has("Boolean")) {
            return InputKind.TOGGLE;
        }
        return has("Numeric") || has("Integer") ? InputKind.NUMBER : InputKind.TEXT;
    }

    private List<RuleFailure> check(Subject subject) {
        if (subject.text().length() > LONGEST) {
            return List.of(new RuleFailure(
                    "",
                    "at most " + LONGEST + " characters",
                    shown(subject.value(), "at most " + LONGEST + " characters")));
        }
        if (!subject.present() && has("Sometimes")) {
            return List.of();
        }
        boolean bail = has("Bail");
        boolean nullable = nullable();
        var failures = new ArrayList<RuleFailure>();
        for (var check : checks) {
            boolean implicit = RuleCatalogue.implicit(check.rule());
            if ((!implicit && skipped(subject, nullable)) || check.test().test(subject)) {
                continue;
            }
            failures.add(
                    new RuleFailure(check.rule().text(), check.expected(), shown(subject.value(), check.expected())));
            if (bail || implicit) {
                break;
            }
        }
        return List.copyOf(failures);
    }

    private static boolean skipped(Subject subject, boolean nullable) {
        return !subject.present() || subject.blank() || (nullable && subject.value() == null);
    }

    private boolean counted() {
        return rules.stream().anyMatch(RuleCatalogue::numeric);
    }

    private boolean has(String name) {
        return rules.stream().anyMatch(rule -> rule.named(name));
    }

    private static String shown(@Nullable String value, String expected) {
        var text = value == null ? "no value" : "'" + shortened(value) + "'";
        return text + " (expected: " + expected + ")";
    }

    private static String shortened(String value) {
        if (value.length() <= LONGEST_SHOWN) {
            return value;
        }
        int end = Character.isHighSurrogate(value.charAt(LONGEST_SHOWN - 1)) ? LONGEST_SHOWN - 1 : LONGEST_SHOWN;
        return value.substring(0, end) + "...";
    }
}
