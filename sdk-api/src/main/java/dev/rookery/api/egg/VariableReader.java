package dev.rookery.api.egg;

import dev.rookery.api.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code variables}. Source: eggs §5. */
final class VariableReader {

    private static final Set<String> UNDERSTOOD = Set.of(
            "name",
            "description",
            "env_variable",
            "default_value",
            "user_viewable",
            "user_editable",
            "rules",
            "sort",
            "field_type");
    private static final Pattern ENVIRONMENT_NAME = Pattern.compile("[A-Za-z0-9_]+");

    private VariableReader() {}

    static List<EggVariable> read(EggNode node) {
        var variables = new ArrayList<EggVariable>();
        var names = new LinkedHashSet<String>();
        for (var item : node.list()) {
            var variable = variable(item);
            check(item.member("env_variable"), names);
            variables.add(variable);
        }
        return variables;
    }

    private static EggVariable variable(EggNode node) {
        var environmentName = node.member("env_variable");
        var name = environmentName.filledText().orElseThrow(() -> environmentName.missing("a text, not blank"));
        var sort = node.member("sort").number();
        var extras = node.others(UNDERSTOOD);
        if (sort.isEmpty() && !node.member("sort").empty()) {
            extras.put("sort", node.member("sort").json());
        }
        return EggVariable.builder()
                .name(node.member("name").text())
                .description(node.member("description").text())
                .envVariable(name)
                .defaultValue(node.member("default_value").text())
                .userViewable(node.member("user_viewable").truth())
                .userEditable(node.member("user_editable").truth())
                .rules(rules(node.member("rules")))
                .sort(sort)
                .fieldType(node.member("field_type").filledText())
                .extras(extras)
                .build();
    }

    /** A text is cut at every bar, also inside of a regular expression: what the panels do, and what joining undoes. */
    private static List<String> rules(EggNode node) {
        if (node.json() instanceof Json.Text text) {
            return text.value().isEmpty() ? List.of() : List.of(text.value().split("\\|", -1));
        }
        return node.list().stream().map(EggNode::text).toList();
    }

    private static void check(EggNode node, Set<String> names) {
        var name = node.text();
        if (!ENVIRONMENT_NAME.matcher(name).matches()) {
            node.warn(
                    EggRule.VARIABLE_NAME,
                    Warnings.quote(name) + " (expected: letters A to Z, digits and underscores)");
        }
        if (!names.add(name)) {
            node.warn(
                    EggRule.DUPLICATE_VARIABLE,
                    Warnings.quote(name) + " is defined more than once; the last one counts");
        }
        if (ReservedNames.contains(name.toUpperCase(Locale.ROOT))) {
            node.warn(
                    EggRule.RESERVED_NAME,
                    Warnings.quote(name) + " is a name that panels or nodes reserve for themselves");
        }
    }
}
