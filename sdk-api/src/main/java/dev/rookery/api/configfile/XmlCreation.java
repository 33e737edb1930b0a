package dev.rookery.api.configfile;

import dev.rookery.api.configfile.XmlFormat.Wish;
import dev.rookery.api.configfile.XmlPath.Step;
import dev.rookery.api.internal.TextSplice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes elements that are missing, in lines and indented like their neighbours. */
final class XmlCreation {

    private static final String UNIT = "  ";

    private final String text;
    private final String newline;
    private final List<Step> steps;
    private final Wish wish;
    private final XmlWords words;

    XmlCreation(String text, XmlPath path, Wish wish) {
        this.text = text;
        this.newline = text.contains("\r\n") ? "\r\n" : "\n";
        this.steps = path.steps();
        this.wish = wish;
        this.words = XmlWords.of(text);
    }

    /** Returns a whole file. */
    TextSplice file() throws Refusal {
        var declaration = "<?xml version=\"1.0\" encoding=\"utf-8\"?>" + newline;
        return new TextSplice(0, text.length(), declaration + rendered(0, "", UNIT) + newline);
    }

    /** Returns what adds the missing elements. */
    TextSplice below(XmlElement root) throws Refusal {
        if (!root.named(steps.get(0).name()) || steps.size() == 1) {
            throw new Refusal("the root element is '" + root.name() + "' (expected: '"
                    + steps.get(0).name() + "')");
        }
        var unit = unit(root);
        var parent = root;
        int at = 1;
        for (; at < steps.size(); at++) {
            var children = steps.get(at).of(parent);
            if (children.isEmpty()) {
                break;
            }
            parent = children.get(0);
        }
        return inside(parent, at, unit);
    }

    private TextSplice inside(XmlElement parent, int step, String unit) throws Refusal {
        boolean lines = text.indexOf('\n') >= 0;
        var indent = indent(parent.start());
        var last = parent.children().reduce((first, second) -> second).orElse(null);
        if (last != null) {
            boolean own = ownLine(last.start());
            var childIndent = indent(last.start());
            return new TextSplice(
                    last.end(), last.end(), (own ? newline + childIndent : "") + rendered(step, childIndent, unit));
        }
        var element = rendered(step, indent + unit, unit);
        var framed = lines ? newline + indent + unit + element : element;
        var close = lines ? newline + indent : "";
        if (parent.selfClosing()) {
            int end = parent.end();
            return new TextSplice(end - 2, end, ">" + framed + close + "</" + parent.name() + ">");
        }
        var content = text.substring(parent.openEnd(), parent.closeStart());
        if (!content.isBlank()) {
            return new TextSplice(parent.closeStart(), parent.closeStart(), element);
        }
        boolean broken = content.indexOf('\n') >= 0;
        return new TextSplice(parent.openEnd(), parent.openEnd(), framed + (broken ? "" : close));
    }

    private String rendered(int from, String indent, String unit) throws Refusal {
        var step = steps.get(from);
        var tag = tag(step);
        boolean last = from == steps.size() - 1;
        if (!last) {
            var inner = rendered(from + 1, indent + unit, unit);
            return "<" + tag + ">" + newline + indent + unit + inner + newline + indent + "</" + step.name() + ">";
        }
        if (wish.attribute() != null) {
            return "<" + tag + " " + wish.attribute() + "=\"" + words.escaped(wish.value(), '"') + "\"/>";
        }
        return "<" + tag + ">" + words.escaped(wish.value()) + "</" + step.name() + ">";
    }

    private String tag(Step step) throws Refusal {
        var tag = new StringBuilder(step.name());
        boolean creatable = words.name(step.name());
        for (var filter : step.filters()) {
            @Nullable String value = filter.value();
            creatable &= filter.attribute() && value != null && words.name(filter.name());
            tag.append(' ')
                    .append(filter.name())
                    .append("=\"")
                    .append(words.escaped(String.valueOf(value), '"'))
                    .append('"');
        }
        if (!creatable) {
            throw new Refusal("'" + step.name() + "' is missing (expected: it is there, or a plain name, or"
                    + " [@name='value'] behind it)");
        }
        return tag.toString();
    }

    private String unit(XmlElement root) {
        return root.children()
                .findFirst()
                .filter(child -> ownLine(child.start()))
                .map(child -> indent(child.start()))
                .filter(indent -> !indent.isEmpty())
                .orElse(UNIT);
    }

    private boolean ownLine(int start) {
        int line = text.lastIndexOf('\n', start - 1) + 1;
        return line > 0 && text.substring(line, start).isBlank();
    }

    private String indent(int start) {
        int line = text.lastIndexOf('\n', start - 1) + 1;
        int end = line;
        while (end < start && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
            end++;
        }
        return text.substring(line, end);
    }
}
