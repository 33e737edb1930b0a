package dev.rookery.examples.panel.proxy;

import dev.rookery.api.UnavailableException;
import dev.rookery.kit.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Which connectors are to run on this machine: a file in the folder of each. Thread-safe. */
final class WantedConnectors {

    private static final String WANTED = "wanted";

    private final Path folder;

    WantedConnectors(Path folder) {
        this.folder = folder;
    }

    Path folder(String binding) {
        return folder.resolve(BindingId.require(binding));
    }

    /** Returns the bindings that have a folder, whether they are wanted or not. */
    List<String> known() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var folders = Files.list(folder)) {
            return folders.map(one -> one.getFileName().toString())
                    .filter(BindingId::matches)
                    .toList();
        } catch (IOException e) {
            throw new UnavailableException("it cannot be told which connectors there were: " + e.getMessage(), e);
        }
    }

    boolean contains(String binding) {
        return Files.exists(folder(binding).resolve(WANTED));
    }

    void add(String binding) {
        try {
            DurableFiles.createDirectories(folder(binding));
            DurableFiles.write(folder(binding).resolve(WANTED), new byte[0], DurableFiles.PRIVATE);
        } catch (IOException e) {
            throw new UnavailableException("it cannot be noted that the connector is to run: " + e.getMessage(), e);
        }
    }

    void remove(String binding) {
        try {
            DurableFiles.delete(folder(binding).resolve(WANTED));
        } catch (IOException e) {
            throw new UnavailableException("it cannot be noted that the connector is to end: " + e.getMessage(), e);
        }
    }
}
