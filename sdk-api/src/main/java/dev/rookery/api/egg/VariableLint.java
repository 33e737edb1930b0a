package dev.rookery.api.egg;

import dev.rookery.api.egg.rule.RuleProblem;
import dev.rookery.api.egg.rule.VariableRules;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Looks at variables, their rules and their defaults. Source: eggs §5, §10. */
final class VariableLint {

    private static final Pattern PASSWORD =
            Pattern.compile(".*(?:PASSWORD|PASSWD|_PASS|RCON_?PW|SECRET|API_?KEY|TOKEN)");
    private static final Pattern OF_SHELL = Pattern.compile("\\$\\(|\\$\\{|\\$[A-Za-z_]|`");
    private static final int DEFAULT_MAX = 191;

    private VariableLint() {}

    static void check(Egg egg, EggFindings found) {
        var labels = new HashSet<String>();
        int index = 0;
        for (var variable : egg.variables()) {
            var path = "variables[" + index++ + "]";
            names(variable, path, found);
            if (!variable.name().isBlank() && !labels.add(variable.name())) {
                found.add(
                        EggRule.SAME_LABEL,
                        path + ".name",
                        Warnings.quote(variable.name()) + " is the label of another one, too");
            }
            defaults(variable, path, found);
            rules(variable, path, found);
        }
    }

    private static void names(EggVariable variable, String path, EggFindings found) {
        var name = variable.envVariable();
        if (!name.equals(name.toUpperCase(Locale.ROOT))) {
            found.add(
                    EggRule.LETTER_CASE,
                    path + ".env_variable",
                    Warnings.quote(name) + " (expected: " + Warnings.quote(name.toUpperCase(Locale.ROOT)) + ")");
        }
        if (variable.name().isBlank()) {
            found.add(EggRule.NO_LABEL, path + ".name", "is blank");
        }
        if (variable.userEditable() && !variable.userViewable()) {
            found.add(EggRule.HIDDEN_EDITABLE, path + ".user_editable", "people cannot edit what they cannot see");
        }
        variable.extras().keySet().stream()
                .filter(member -> !member.equals("sort"))
                .forEach(member ->
                        found.add(EggRule.UNKNOWN_MEMBER, DocumentPath.member(path, member), "is read by no panel"));
    }

    private static void defaults(EggVariable variable, String path, EggFindings found) {
        var value = variable.defaultValue();
        if (value.length() > DEFAULT_MAX) {
            found.add(
                    EggRule.TOO_LONG,
                    path + ".default_value",
                    value.length() + " characters (expected: at most " + DEFAULT_MAX + ", for Pterodactyl)");
        }
        if (OF_SHELL.matcher(value).find()) {
            found.add(EggRule.SHELL_TEXT, path + ".default_value", "has text that a shell expands");
        }
        if (!value.isBlank()
                && PASSWORD.matcher(variable.envVariable().toUpperCase(Locale.ROOT))
                        .matches()) {
            found.add(
                    EggRule.DEFAULT_PASSWORD,
                    path + ".default_value",
                    "is the same for every server unless somebody changes it");
        }
    }

    private static void rules(EggVariable variable, String path, EggFindings found) {
        var at = path + ".rules";
        var rules = VariableRules.of(variable);
        boolean split = variable.rules().stream().anyMatch(VariableLint::cut);
        if (split) {
            found.add(EggRule.SPLIT_REGEX, at, "a regular expression ends in the middle");
        }
        for (var problem : rules.problems()) {
            if (!split && problem.reason() != RuleProblem.Reason.NOT_CHECKED) {
                found.add(EggRule.BAD_RULE, at, Warnings.plain(problem.rule()) + ": " + problem.message());
            }
        }
        if (rules.required() && rules.nullable()) {
            found.add(EggRule.CONTRADICTION, at, "both 'required' and 'nullable'");
        }
        if (rules.required() && variable.defaultValue().isBlank()) {
            found.add(EggRule.DEFAULT_TO_FILL_IN, path + ".default_value", "has to be filled in for each server");
            return;
        }
        // Of a secret, the message would quote it.
        var broken = variable.defaultValue().isBlank()
                ? List.<String>of()
                : rules.check(variable.defaultValue()).stream()
                        .map(failure -> failure.expected())
                        .toList();
        if (!broken.isEmpty()) {
            found.add(
                    EggRule.DEFAULT_BREAKS_RULES,
                    path + ".default_value",
                    "does not keep its own rules (expected: " + Warnings.plain(String.join(", ", broken)) + ")");
        }
    }

    /** A pattern that begins with a delimiter and does not end with it. */
    private static boolean cut(String rule) {
        var text = rule.strip();
        int start = text.startsWith("regex:/")
                ? "regex:/".length()
                : text.startsWith("not_regex:/") ? "not_regex:/".length() : 0;
        return start > 0 && text.indexOf('/', start) < 0;
    }
}
