package dev.rookery.examples.egglab;

import dev.rookery.api.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Parameters;

/** The eggs that a command is about: files, folders of files, and the standard input. */
final class EggFiles {

    static final String STANDARD_INPUT = "-";
    /** No egg is larger; what is larger is refused by the reader, which is told one byte more. */
    private static final int MAX_BYTES = 4 * 1024 * 1024;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "An egg, a folder (every .json, .yaml and .yml file in it), or - for the standard input.")
    private List<String> files = List.of();

    /**
     * An egg file.
     *
     * @param name as it was given, or found in a folder that was given
     * @param inFolder its name seen from that folder
     */
    record Source(String name, String inFolder) {

        /** Returns what the file holds, no more of it than a reader would look at. */
        byte[] read() throws IOException {
            if (name.equals(STANDARD_INPUT)) {
                return System.in.readNBytes(MAX_BYTES + 1);
            }
            try (var in = Files.newInputStream(Path.of(name))) {
                return in.readNBytes(MAX_BYTES + 1);
            }
        }
    }

    /** Returns what to read, in the order of the arguments, files of a folder by name. */
    List<Source> sources() throws IOException {
        var sources = new ArrayList<Source>();
        for (var file : files) {
            if (file.equals(STANDARD_INPUT)) {
                sources.add(new Source(file, "egg"));
            } else {
                addAll(Path.of(file), sources);
            }
        }
        return sources;
    }

    private static void addAll(Path path, List<Source> sources) throws IOException {
        if (!Files.isDirectory(path)) {
            sources.add(new Source(path.toString(), String.valueOf(path.getFileName())));
            return;
        }
        List<Path> found;
        try (var walk = Files.walk(path)) {
            found = walk.filter(Files::isRegularFile)
                    .filter(EggFiles::named)
                    .sorted()
                    .toList();
        }
        if (found.isEmpty()) {
            throw new InvalidInputException(path + ": no eggs (expected: .json, .yaml or .yml files)");
        }
        for (var file : found) {
            sources.add(new Source(file.toString(), path.relativize(file).toString()));
        }
    }

    private static boolean named(Path file) {
        var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".json") || name.endsWith(".yaml") || name.endsWith(".yml");
    }
}
