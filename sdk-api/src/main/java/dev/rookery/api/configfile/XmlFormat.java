package dev.rookery.api.configfile;

import dev.rookery.api.configfile.XmlElement.Kind;
import dev.rookery.api.internal.TextSplice;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * XML: texts and attributes of elements, all that a path means. What is missing is created below the root, unless the path has a
 * {@code *}. Conditions are not looked at. Source: daemon behaviour §7.8.
 */
final class XmlFormat implements FileFormat.OneByOne {

    private static final Pattern ATTRIBUTE = Pattern.compile("\\[([^=\\]]+)='(.*)']", Pattern.DOTALL);

    @Override
    public Session open(String text, ConfigFileOptions options) {
        return new XmlSession(text, options);
    }

    private static @Nullable XmlElement parse(String text, ConfigFileOptions options) {
        if (text.isBlank()) {
            return null;
        }
        if (text.contains("<!ENTITY")) {
            throw ConfigFileException.at(text, text.indexOf("<!ENTITY"), "an entity is declared (expected: none)");
        }
        XmlText.requireWellFormed(text, options);
        return XmlScanner.scan(text);
    }

    /** What an element is to say: a text, or a text of an attribute. */
    record Wish(@Nullable String attribute, String value) {

        static Wish of(String replacement) throws Refusal {
            var matcher = ATTRIBUTE.matcher(replacement);
            if (!matcher.matches()) {
                return new Wish(null, replacement);
            }
            if (!XmlText.name(matcher.group(1))) {
                throw new Refusal("the replacement names no attribute (expected: [name='value'])");
            }
            return new Wish(matcher.group(1), matcher.group(2));
        }

        boolean saidBy(XmlElement element) {
            if (attribute == null) {
                return element.text().equals(value)
                        && element.children().findAny().isEmpty();
            }
            var present = element.attribute(attribute);
            return present != null && present.value().equals(value);
        }
    }

    /** A text that is being edited; read again after each change. */
    private static final class XmlSession implements Session {

        private final ConfigFileOptions options;
        private final XmlWords words;
        private String text;
        private @Nullable XmlElement root;

        XmlSession(String text, ConfigFileOptions options) {
            this.options = options;
            this.text = text;
            this.root = parse(text, options);
            this.words = XmlWords.of(text);
        }

        @Override
        public EditOutcome apply(ConfigEdit edit) throws Refusal {
            var path = XmlPath.parse(edit.match());
            var wish = Wish.of(Values.text(edit.replacement()));
            var found = root == null ? List.<XmlElement>of() : path.find(root);
            if (found.isEmpty()) {
                return edit.insertNew() && !path.any() ? create(edit, path, wish) : EditOutcome.unmatched(edit);
            }
            if (!edit.updateExisting()) {
                return EditOutcome.unmatched(edit);
            }
            var splices = new ArrayList<TextSplice>();
            int changed = 0;
            for (var element : found) {
                if (!wish.saidBy(element)) {
                    splices.addAll(wish.attribute() == null ? text(element, wish.value()) : attribute(element, wish));
                    changed++;
                }
            }
            change(splices, path, wish);
            return EditOutcome.of(edit, found.size(), changed);
        }

        private EditOutcome create(ConfigEdit edit, XmlPath path, Wish wish) throws Refusal {
            var creation = new XmlCreation(text, path, wish);
            change(List.of(root == null ? creation.file() : creation.below(root)), path, wish);
            return EditOutcome.changed(edit, 1);
        }

        private void change(List<TextSplice> splices, XmlPath path, Wish wish) throws Refusal {
            if (splices.isEmpty()) {
                return;
            }
            var changed = TextSplice.apply(text, splices).orElseThrow();
            XmlElement after;
            try {
                after = parse(changed, options);
            } catch (ConfigFileException ignored) {
                throw new Refusal("the replacement cannot stand in XML");
            }
            var found = after == null ? List.<XmlElement>of() : path.find(after);
            if (found.isEmpty() || !found.stream().allMatch(wish::saidBy)) {
                throw new Refusal("it stands where it cannot be changed alone");
            }
            text = changed;
            root = after;
        }

        private List<TextSplice> text(XmlElement element, String value) throws Refusal {
            if (element.children().findAny().isPresent()) {
                throw new Refusal("'" + element.name() + "' has elements in it (expected: one with a text)");
            }
            var written = words.escaped(value);
            if (element.selfClosing()) {
                int end = element.end();
                return List.of(new TextSplice(end - 2, end, ">" + written + "</" + element.name() + ">"));
            }
            var splices = new ArrayList<TextSplice>();
            boolean placed = false;
            for (var token : element.tokens()) {
                if (token.kind() == Kind.TEXT || token.kind() == Kind.CDATA) {
                    splices.add(new TextSplice(token.start(), token.end(), placed ? "" : written));
                    placed = true;
                }
            }
            return placed ? splices : List.of(new TextSplice(element.openEnd(), element.openEnd(), written));
        }

        private List<TextSplice> attribute(XmlElement element, Wish wish) throws Refusal {
            var present = element.attribute(String.valueOf(wish.attribute()));
            if (present == null) {
                if (!words.name(String.valueOf(wish.attribute()))) {
                    throw new Refusal("'" + wish.attribute() + "' is no name in the file's encoding (expected: ASCII)");
                }
                int at = element.attributesEnd();
                return List.of(new TextSplice(
                        at, at, " " + wish.attribute() + "=\"" + words.escaped(wish.value(), '"') + "\""));
            }
            char quote = text.charAt(present.valueStart() - 1);
            return List.of(
                    new TextSplice(present.valueStart(), present.valueEnd(), words.escaped(wish.value(), quote)));
        }

        @Override
        public String text() {
            return text;
        }
    }
}
