package dev.rookery.api.egg.simulation;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
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
}
