package dev.rookery.api.configfile;

import dev.rookery.api.internal.TextSplice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sections with keys. A value is everything behind the first {@code =}, or behind a colon where that is the separator: neither quotes nor {@code ;} nor {@code #} mean anything in it,
 * because games disagree about them. Of a key that is there several times the first is set, as Unreal's lists are such keys. Conditions are
 * not looked at. Source: daemon behaviour §7.7.
 */
final class IniFormat implements FileFormat.OneByOne {

    @Override
    public Session open(String text, ConfigFileOptions options) {
        return new IniSession(text, options);
    }

    /** The place that a match names; brackets protect dots and are no part of it. */
    private record Place(String section, String key, String literalKey) {

        static Place of(String match) throws Refusal {
            var part = new StringBuilder();
            String section = null;
            int keyStart = 0;
            int depth = 0;
            for (int i = 0; i < match.length(); i++) {
                char c = match.charAt(i);
                if (c == '[') {
                    depth++;
                } else if (c == ']') {
                    depth--;
                } else if (c == '.' && depth <= 0 && section == null) {
                    section = part.toString();
                    part.setLength(0);
                    keyStart = i + 1;
                } else {
                    part.append(c);
                }
            }
            var place = new Place(section == null ? "" : section, part.toString(), match.substring(keyStart));
            if (place.key().isBlank() || unwritable(place.key() + place.section())) {
                throw new Refusal("match: '" + match + "' (expected: a key, or a section, a dot and a key)");
            }
            return place;
        }

        private static boolean unwritable(String name) {
            return name.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0);
        }
    }

    /** A text that is being edited; read again after each change. */
    private static final class IniSession implements Session {

        private final ConfigFileOptions options;
        private String text;
        private IniLines lines;

        IniSession(String text, ConfigFileOptions options) {
            this.options = options;
            this.text = text;
            this.lines = IniLines.of(text, options);
        }

        @Override
        public EditOutcome apply(ConfigEdit edit) throws Refusal {
            var place = Place.of(edit.match());
            var value = Values.line(edit.replacement());
            if (!value.equals(value.strip())) {
                value = value.strip();
            }
            // Unreal numbers keys in brackets.
            var keys = lines.find(place.section(), place.literalKey());
            keys = keys.isEmpty() ? lines.find(place.section(), place.key()) : keys;
            if (keys.isEmpty()) {
                return edit.insertNew() ? added(edit, place, value) : EditOutcome.unmatched(edit);
            }
            if (!edit.updateExisting()) {
                return EditOutcome.unmatched(edit);
            }
            var meant = options.everyDuplicate() ? keys : keys.subList(0, 1);
            var splices = new ArrayList<TextSplice>();
            for (var key : meant) {
                if (!text.substring(key.valueStart(), key.valueEnd()).equals(value)) {
                    splices.add(new TextSplice(key.valueStart(), key.valueEnd(), value));
                }
            }
            if (!splices.isEmpty()) {
                var name = lines.find(place.section(), place.literalKey()).isEmpty() ? place.key() : place.literalKey();
                var wanted = lines.values();
                Collections.fill(of(wanted, place.section(), name).subList(0, meant.size()), value);
                change(splices, wanted);
            }
            return EditOutcome.of(edit, meant.size(), splices.size());
        }

        private EditOutcome added(ConfigEdit edit, Place place, String value) throws Refusal {
            boolean separated = place.key().indexOf('=') >= 0 || place.key().indexOf(':') >= 0;
            char first = place.key().strip().charAt(0);
            if (separated
                    || first == ';'
                    || first == '#'
                    || first == '['
                    || !place.key().equals(place.key().strip())
                    || place.section().indexOf(']') >= 0) {
                throw new Refusal("match: '" + edit.match() + "' (expected: a key that can stand in such a file)");
            }
            var wanted = lines.values();
            of(wanted, place.section(), place.key()).add(value);
            change(List.of(lines.added(place.section(), place.key(), value)), wanted);
            return EditOutcome.changed(edit, 1);
        }

        private static List<String> of(Map<String, Map<String, List<String>>> values, String section, String key) {
            return values.computeIfAbsent(section, name -> new HashMap<>())
                    .computeIfAbsent(key, name -> new ArrayList<>());
        }

        private void change(List<TextSplice> splices, Map<String, Map<String, List<String>>> wanted) throws Refusal {
            var changed = TextSplice.apply(text, splices).orElseThrow();
            IniLines after;
            try {
                after = IniLines.of(changed, options);
            } catch (ConfigFileException ignored) {
                throw new Refusal("the file would have too many lines");
            }
            if (!after.values().equals(wanted)) {
                throw new Refusal("it stands where it cannot be changed alone");
            }
            text = changed;
            lines = after;
        }

        @Override
        public String text() {
            return text;
        }
    }
}
