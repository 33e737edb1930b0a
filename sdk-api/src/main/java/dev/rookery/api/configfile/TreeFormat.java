package dev.rookery.api.configfile;

import dev.rookery.api.Json;
import dev.rookery.api.configfile.TreeTarget.Change;
import dev.rookery.api.internal.TextSplice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Edits texts that are trees. A value keeps the type it has where the replacement allows that. Source: daemon behaviour §7.6, in Pelican's
 * manner.
 */
final class TreeFormat implements FileFormat.OneByOne {

    private static final String REGEX = "regex:";
    private static final int MAX_PLACES = 2000;

    private final TreeDocument.Reader reader;

    TreeFormat(TreeDocument.Reader reader) {
        this.reader = reader;
    }

    @Override
    public Session open(String text, ConfigFileOptions options) {
        return new TreeSession(reader.read(text, options), text, options);
    }

    /** A tree that is being edited. */
    private final class TreeSession implements Session {

        private final ConfigFileOptions options;
        private TreeDocument document;
        private String text;

        TreeSession(TreeDocument document, String text, ConfigFileOptions options) {
            this.document = document;
            this.text = text;
            this.options = options;
        }

        @Override
        public EditOutcome apply(ConfigEdit edit) throws Refusal {
            var wanted = new ArrayList<Change>();
            int found = 0;
            var pattern = pattern(edit);
            for (var target : TreePath.parse(edit.match()).targets(document.root())) {
                var value = value(target.present() ? target.last() : null, edit, pattern);
                if (value.isPresent()) {
                    found++;
                    if (!target.present() || !stays(target.last(), value.get())) {
                        wanted.add(new Change(target, value.get()));
                    }
                }
            }
            if (wanted.size() > MAX_PLACES) {
                throw new Refusal(wanted.size() + " places (expected: at most " + MAX_PLACES + ")");
            }
            if (!wanted.isEmpty()) {
                change(wanted);
            }
            return EditOutcome.of(edit, found, wanted.size());
        }

        /** A number that is written just so stays, also where it would have to become a text to be written. */
        private static boolean stays(TreeNode present, Json value) {
            return present.says(value)
                    || (present.kind() == TreeNode.Kind.NUMBER
                            && value instanceof Json.Text text
                            && text.value().equals(present.text()));
        }

        private void change(List<Change> wanted) throws Refusal {
            var splices = new ArrayList<TextSplice>();
            for (var change : wanted) {
                splices.addAll(document.set(change.target(), change.value()));
            }
            var changed = TextSplice.apply(text, splices)
                    .orElseThrow(() -> new Refusal("two of the places are one, behind an anchor"));
            if (changed.length() > options.maxBytes()) {
                throw new Refusal("the file would become too large");
            }
            TreeDocument after;
            try {
                after = reader.read(changed, options);
            } catch (ConfigFileException ignored) {
                throw new Refusal("it stands where it cannot be changed alone");
            }
            if (!new TreeComparison().onlyWanted(document.root(), after.root(), wanted)) {
                throw new Refusal("it stands where it cannot be changed alone");
            }
            document = after;
            text = changed;
        }

        @Override
        public String text() {
            return text;
        }
    }

    /** Returns the pattern of an edit's condition, null if it has none. */
    private static @Nullable GoPattern pattern(ConfigEdit edit) throws Refusal {
        var condition = edit.ifValue().orElse("");
        return condition.startsWith(REGEX) ? GoPattern.compile(condition.substring(REGEX.length())) : null;
    }

    /** Returns what an edit makes of a present value, empty if nothing. */
    private static Optional<Json> value(@Nullable TreeNode present, ConfigEdit edit, @Nullable GoPattern pattern)
            throws Refusal {
        if (present == null) {
            return edit.ifValue().isPresent() || !edit.insertNew() ? Optional.empty() : Optional.of(edit.replacement());
        }
        if (!edit.updateExisting()) {
            return Optional.empty();
        }
        var condition = edit.ifValue().orElse(null);
        if (condition == null) {
            return Optional.of(typed(present, edit.replacement()));
        }
        if (present.container()) {
            return Optional.empty();
        }
        var text = present.kind() == TreeNode.Kind.NULL ? "" : present.text();
        if (pattern != null) {
            var replaced = pattern.replace(text, Values.text(edit.replacement()));
            // A text from then on, but not if nothing becomes another.
            return Optional.ofNullable(replaced)
                    .filter(result -> !result.equals(text))
                    .map(Json.Text::new);
        }
        return text.equals(condition) ? Optional.of(typed(present, edit.replacement())) : Optional.empty();
    }

    /** Returns the replacement in the type of the value that is there, if it can be had in that. */
    private static Json typed(TreeNode present, Json replacement) throws Refusal {
        if (!(replacement instanceof Json.Text) && !(replacement instanceof Json.Num)) {
            return replacement;
        }
        var text = Values.text(replacement);
        return switch (present.kind()) {
            case BOOL ->
                Values.truth(text)
                        .or(() -> Values.yamlTruth(text))
                        .<Json>map(Json.Bool::new)
                        .orElse(replacement);
            case NUMBER -> Values.plainNumber(text).<Json>map(Json.Num::new).orElse(replacement);
            case TEXT -> new Json.Text(text);
            default -> replacement;
        };
    }
}
