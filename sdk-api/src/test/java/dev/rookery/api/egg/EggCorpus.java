package dev.rookery.api.egg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The real eggs of the folder in {@code ROOKERY_EGGS}. */
final class EggCorpus {

    private EggCorpus() {}

    static Path folder() {
        return Path.of(System.getenv("ROOKERY_EGGS"));
    }

    /** Returns every file that may be an egg, by name. */
    static List<Path> files() throws IOException {
        try (var files = Files.walk(folder())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.(json|ya?ml)"))
                    .sorted()
                    .toList();
        }
    }
}
