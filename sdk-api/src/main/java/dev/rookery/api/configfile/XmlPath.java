package dev.rookery.api.configfile;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path from the root element down: names between dots, {@code *} for any name, and filters such as {@code [@name='X']},
 * {@code [@name]}, {@code [child='X']} and {@code [2]}.
 */
final class XmlPath {

    private static final Pattern FILTER =
            Pattern.compile("\\[(@?)([^=\\[\\]@]+)(?:=(?:'([^'\\[\\]]*)'|\"([^\"\\[\\]]*)\"))?]");

    private final List<Step> steps;

    /** One name of a path. */
    record Step(String name, List<Filter> filters) {

        boolean any() {
            return name.equals("*");
        }

        /** Returns the children that it means. */
        List<XmlElement> of(XmlElement parent) {
            return chosen(parent.children().filter(child -> child.named(name)).toList());
        }

        List<XmlElement> chosen(List<XmlElement> named) {
            var left = named;
            for (var filter : filters) {
                left = filter.chosen(left);
            }
            return left;
        }
    }

    /** What an element has to be besides. */
    record Filter(boolean attribute, String name, @Nullable String value) {

        List<XmlElement> chosen(List<XmlElement> elements) {
            if (!attribute
                    && value == null
                    && name.length() <= 6
                    && name.chars().allMatch(c -> c >= '0' && c <= '9')) {
                int number = Integer.parseInt(name);
                return number >= 1 && number <= elements.size() ? List.of(elements.get(number - 1)) : List.of();
            }
            return elements.stream().filter(this::fits).toList();
        }

        private boolean fits(XmlElement element) {
            if (attribute) {
                var found = element.attribute(name);
                return found != null && (value == null || found.value().equals(value));
            }
            return element.children()
                    .anyMatch(child ->
                            child.named(name) && (value == null || child.text().equals(value)));
        }
    }

    private XmlPath(List<Step> steps) {
        this.steps = steps;
    }

    static XmlPath parse(String match) throws Refusal {
        var steps = new ArrayList<Step>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i <= match.length(); i++) {
            char c = i == match.length() ? '.' : match.charAt(i);
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
            if (c == '.' && (depth <= 0 || i == match.length())) {
                steps.add(step(match, match.substring(from, i)));
                from = i + 1;
            }
        }
        return new XmlPath(List.copyOf(steps));
    }

    private static Step step(String match, String text) throws Refusal {
        int bracket = text.indexOf('[');
        var name = bracket < 0 ? text : text.substring(0, bracket);
        if (name.isEmpty() || name.indexOf(']') >= 0) {
            throw new Refusal("match: '" + match + "' (expected: names of elements between dots)");
        }
        var filters = new ArrayList<Filter>();
        var filter = FILTER.matcher(text);
        int end = name.length();
        while (filter.find() && filter.start() == end) {
            var value = filter.group(3) != null ? filter.group(3) : filter.group(4);
            filters.add(new Filter(!filter.group(1).isEmpty(), filter.group(2), value));
            end = filter.end();
        }
        if (end != text.length()) {
            throw new Refusal("match: '" + match + "' (expected: filters such as [@name='value'])");
        }
        return new Step(name, List.copyOf(filters));
    }

    List<Step> steps() {
        return steps;
    }

    /** Returns whether nothing is to be created for it. */
    boolean any() {
        return steps.stream().anyMatch(Step::any);
    }

    /** Returns all elements that it means. */
    List<XmlElement> find(XmlElement root) {
        if (!root.named(steps.get(0).name())) {
            return List.of();
        }
        var found = steps.get(0).chosen(List.of(root));
        for (var step : steps.subList(1, steps.size())) {
            found = found.stream().flatMap(element -> step.of(element).stream()).toList();
        }
        return found;
    }
}
