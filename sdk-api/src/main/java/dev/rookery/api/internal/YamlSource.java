package dev.rookery.api.internal;

import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads texts of YAML within bounds.
 *
 * @param label what messages of the library call the text
 * @param codePoints the longest text
 * @param aliases how often lists and mappings may be named again
 * @param depth how deep they may be nested
 * @param values how many values there may be
 */
public record YamlSource(String label, int codePoints, int aliases, int depth, int values) {

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

    /** Thrown when a text cannot be read. The message quotes nothing of it. */
    public static final class BrokenYamlException extends Exception {

        private static final long serialVersionUID = 1L;

        private final int line;
        private final int column;

        BrokenYamlException(String message, int line, int column) {
            super(message);
            this.line = line;
            this.column = column;
        }

        /** Returns the line, from 1; 0 if it is no matter of a place. */
        public int line() {
            return line;
        }

        /** Returns where in the line, from 1; 0 if it is no matter of a place. */
        public int column() {
            return column;
        }
    }

    /** Returns the only document of a text; empty if there is none. */
    public Optional<Node> single(String text) throws BrokenYamlException {
        return compose(text, true);
    }

    /** Returns the first document of a text; empty if there is none. */
    public Optional<Node> first(String text) throws BrokenYamlException {
        return compose(text, false);
    }

    private Optional<Node> compose(String text, boolean single) throws BrokenYamlException {
        var settings = LoadSettings.builder()
                .setLabel(label)
                .setUseMarks(true)
                .setAllowDuplicateKeys(false)
                .setCodePointLimit(codePoints)
                // In one go: the library looks ahead over blanks and long texts, and copies what it has with each
                // piece.
                .setBufferSize(text.length() + 1)
                .setMaxAliasesForCollections(aliases)
                .setSchema(new CoreSchema())
                .build();
        try {
            requireBounds(settings, text);
            if (single) {
                return new Compose(settings).composeString(text);
            }
            var documents = new Compose(settings).composeAllFromString(text).iterator();
            return documents.hasNext() ? Optional.ofNullable(documents.next()) : Optional.empty();
        } catch (MarkedYamlEngineException e) {
            var mark = e.getProblemMark();
            // The library's own message quotes the document, which may hold a secret.
            throw new BrokenYamlException(
                    "not YAML: " + inOneLine(e.getProblem()),
                    mark.map(m -> m.getLine() + 1).orElse(0),
                    mark.map(m -> m.getColumn() + 1).orElse(0));
        } catch (IllegalArgumentException ignored) {
            // The library checks some tags only when it has read them.
            throw new BrokenYamlException("not YAML: it has a tag that is none", 0, 0);
        } catch (YamlEngineException ignored) {
            // What the library says may quote the document.
            throw new BrokenYamlException("not YAML that can be used (too large, or too many aliases)", 0, 0);
        }
    }

    /** Returns what the library says of a document, whose characters it may quote, without line ends and other control characters. */
    public static String inOneLine(String problem) {
        return CONTROL.matcher(problem).replaceAll(" ").strip();
    }

    /** The composer recurses, the parser does not: so the parser goes first. */
    private void requireBounds(LoadSettings settings, String text) throws BrokenYamlException {
        int level = 0;
        int count = 0;
        for (var event : new Parse(settings).parseString(text)) {
            if (event.getEventId() == Event.ID.MappingStart || event.getEventId() == Event.ID.SequenceStart) {
                level++;
            } else if (event.getEventId() == Event.ID.MappingEnd || event.getEventId() == Event.ID.SequenceEnd) {
                level--;
            }
            if (level > depth) {
                throw new BrokenYamlException("nested too deep (expected: at most " + depth + " levels)", 0, 0);
            }
            if (++count > values) {
                throw new BrokenYamlException("too many values (expected: at most " + values + ")", 0, 0);
            }
        }
    }
}
