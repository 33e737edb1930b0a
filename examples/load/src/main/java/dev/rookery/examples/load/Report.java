package dev.rookery.examples.load;

import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.SystemInformation;
import dev.rookery.examples.load.Compatibility.Outcome;
import dev.rookery.examples.load.Compatibility.Result;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is said in the end.
 *
 * @param url the node
 * @param dialect what it speaks
 * @param system what it says it is
 * @param offers the groups of calls that it has
 * @param way how it was tried, as sentences
 * @param found what it keeps of the contracts
 * @param stays what could not be removed again, as sentences
 */
record Report(
        URI url,
        String dialect,
        SystemInformation system,
        Set<Capability> offers,
        String way,
        Compatibility found,
        List<String> stays) {

    /** Returns the report for people, as Markdown. */
    String text() {
        var text = new StringBuilder("# Compatibility of " + url + "\n\nIt speaks the dialect " + dialect + ", version "
                + Printable.line(system.version()) + ", on " + Printable.line(system.os() + "/" + system.architecture())
                + ".\n" + way + "\nIt offers: " + String.join(", ", names()) + ".\n\n");
        text.append("| group | passed | failed | not offered | not asked |\n|---|---|---|---|---|\n");
        found.groups().forEach((name, results) -> row(text, name, results));
        text.append("| **all** |");
        for (var outcome : Outcome.values()) {
            text.append(" **").append(found.count(outcome)).append("** |");
        }
        text.append('\n');
        failed(text);
        reasons(text, "Not offered, or otherwise by nature", Outcome.NOT_OFFERED);
        reasons(text, "Could not be asked", Outcome.NOT_ASKED);
        text.append("\n## Left behind\n\n");
        if (stays.isEmpty()) {
            text.append("Nothing.\n");
        }
        stays.forEach(line -> text.append("- ").append(line).append('\n'));
        return text.append('\n').append(verdict()).append('\n').toString();
    }

    private static void row(StringBuilder text, String name, List<Result> results) {
        text.append("| ").append(name).append(" |");
        for (var outcome : Outcome.values()) {
            text.append(' ').append(Compatibility.count(results, outcome)).append(" |");
        }
        text.append('\n');
    }

    private void failed(StringBuilder text) {
        if (found.count(Outcome.FAILED) > 0) {
            text.append("\n## Failed\n\n");
        }
        found.groups()
                .forEach((name, results) -> results.stream()
                        .filter(result -> result.outcome() == Outcome.FAILED)
                        .forEach(result -> text.append("- ")
                                .append(name)
                                .append(": `")
                                .append(result.test())
                                .append("`: ")
                                .append(result.reason())
                                .append('\n')));
    }

    /** Many tests are passed over for the same reason. */
    private void reasons(StringBuilder text, String title, Outcome outcome) {
        var tests = new TreeMap<String, Map<String, StringBuilder>>();
        found.groups()
                .forEach((name, results) -> results.stream()
                        .filter(result -> result.outcome() == outcome)
                        .forEach(result -> tests.computeIfAbsent(result.reason(), reason -> new LinkedHashMap<>())
                                .computeIfAbsent(name, group -> new StringBuilder())
                                .append(" `")
                                .append(result.test())
                                .append('`')));
        if (!tests.isEmpty()) {
            text.append("\n## ").append(title).append("\n\n");
        }
        tests.forEach((reason, groups) -> {
            text.append("- ").append(reason).append('\n');
            groups.forEach((group, names) ->
                    text.append("  - ").append(group).append(':').append(names).append('\n'));
        });
    }

    private String verdict() {
        if (found.kept()) {
            return "The node keeps everything that it could be asked: " + found.count(Outcome.PASSED)
                    + " tests passed.";
        }
        return found.count(Outcome.FAILED) + " tests failed, " + found.count(Outcome.PASSED) + " passed.";
    }

    /** Returns the report for programs. */
    String json() {
        var groups = new LinkedHashMap<String, Object>();
        found.groups()
                .forEach((name, results) ->
                        groups.put(name, results.stream().map(Report::json).toList()));
        var json = new LinkedHashMap<String, Object>();
        json.put("url", url.toString());
        json.put("dialect", dialect);
        json.put("version", system.version());
        json.put("os", system.os());
        json.put("architecture", system.architecture());
        json.put("offers", names());
        json.put("kept", found.kept());
        for (var outcome : Outcome.values()) {
            json.put(name(outcome), found.count(outcome));
        }
        json.put("groups", groups);
        json.put("left_behind", stays);
        return WireJson.writeText(json) + "\n";
    }

    private static Map<String, String> json(Result result) {
        var json = new LinkedHashMap<String, String>();
        json.put("test", result.test());
        json.put("outcome", name(result.outcome()));
        if (!result.reason().isEmpty()) {
            json.put("reason", result.reason());
        }
        return json;
    }

    private static String name(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    private Set<String> names() {
        var names = new TreeSet<String>();
        offers.forEach(capability -> names.add(Printable.line(capability.name())));
        return names;
    }
}
