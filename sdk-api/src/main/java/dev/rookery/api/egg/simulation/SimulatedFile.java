package dev.rookery.api.egg.simulation;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.configfile.ConfigEdit;
import dev.rookery.api.configfile.ConfigFileEditor;
import dev.rookery.api.configfile.ConfigParser;
import dev.rookery.api.configfile.EditedFile;
import dev.rookery.api.panel.ProcessConfiguration.Replacement;
import java.util.List;

/**
 * A file that is edited before each start.
 *
 * @param path where, below the server's root, placeholders resolved
 * @param parser which editor, such as {@code properties}
 * @param created whether a missing file is made
 * @param replacements what is set, placeholders resolved
 */
@Incubating
public record SimulatedFile(String path, String parser, boolean created, List<Replacement> replacements) {

    /** Copies the list. */
    public SimulatedFile {
        requireNonNull(path, "path");
        requireNonNull(parser, "parser");
        replacements = List.copyOf(replacements);
    }

    /**
     * Returns what a node makes of the file before a start of the server.
     *
     * @param content the file as it is; empty for one that is made
     * @throws dev.rookery.api.configfile.ConfigFileException if it is broken; a node leaves it as it is then
     * @throws InvalidInputException if nobody knows such an editor; a node leaves the file as it is then
     */
    public EditedFile edit(byte[] content) {
        var edits = replacements.stream().map(ConfigEdit::of).toList();
        return ConfigFileEditor.of(ConfigParser.get(parser)).edit(content, edits);
    }
}
