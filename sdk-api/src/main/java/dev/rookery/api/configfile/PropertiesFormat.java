package dev.rookery.api.configfile;

import dev.rookery.api.internal.TextSplice;
import java.util.List;

/**
 * Java's properties. Of a key that is there twice the last one counts, for Java as well as here. Nothing is expanded. Source: daemon
 * behaviour §7.5.
 */
final class PropertiesFormat implements FileFormat.OneByOne {

    @Override
    public Session open(String text, ConfigFileOptions options) {
        return new PropertiesSession(text, options);
    }

    /** A text that is being edited; read again after each change. */
    private static final class PropertiesSession implements Session {

        private final ConfigFileOptions options;
        private String text;
        private PropertyLines lines;

        PropertiesSession(String text, ConfigFileOptions options) {
            this.options = options;
            this.text = text;
            this.lines = PropertyLines.of(text, options);
        }

        @Override
        public EditOutcome apply(ConfigEdit edit) throws Refusal {
            var value = Values.text(edit.replacement());
            var present = lines.find(edit.match());
            if (present == null) {
                if (edit.ifValue().isPresent() || !edit.insertNew()) {
                    return EditOutcome.unmatched(edit);
                }
                change(lines.added(edit.match(), value), edit.match(), value);
                return EditOutcome.changed(edit, 1);
            }
            boolean meant = edit.updateExisting()
                    && edit.ifValue().map(present.value()::equals).orElse(true);
            if (!meant) {
                return EditOutcome.unmatched(edit);
            }
            if (present.value().equals(value)) {
                return EditOutcome.same(edit);
            }
            var written = (present.bare() ? "=" : "") + PropertyLines.escaped(value, false);
            change(new TextSplice(present.valueStart(), present.valueEnd(), written), edit.match(), value);
            return EditOutcome.changed(edit, 1);
        }

        private void change(TextSplice splice, String key, String value) throws Refusal {
            var changed = TextSplice.apply(text, List.of(splice)).orElseThrow();
            var after = PropertyLines.of(changed, options);
            var found = after.find(key);
            if (found == null || !found.value().equals(value)) {
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
