package dev.rookery.daemon.internal.file;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.DeniedException;
import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Refuses what the denylist of a server names: the path as it was given, and where it really leads.
 *
 * @param server whose denylist it is
 */
record Denials(Volume server) {

    /** Judges the path as it was given, before anything is created for it. */
    void check(String path) {
        if (server.denylist().denies(PathNames.of(path), false)) {
            throw denied(path);
        }
    }

    /** Judges the path as it was given, and the place that it leads to. */
    void check(String path, Place place) throws IOException {
        if (server.denylist().isEmpty()) {
            return;
        }
        boolean directory =
                place.attributes().filter(BasicFileAttributes::isDirectory).isPresent();
        if (server.denylist().denies(PathNames.of(path), directory)
                || server.denylist().denies(server.sandbox().names(place), directory)) {
            throw denied(path);
        }
    }

    /** Judges the path as it was given, and the open file that it leads to. */
    void check(String path, int descriptor, boolean directory) throws IOException {
        if (server.denylist().isEmpty()) {
            return;
        }
        if (server.denylist().denies(PathNames.of(path), directory)
                || server.denylist().denies(server.sandbox().names(descriptor), directory)) {
            throw denied(path);
        }
    }

    /** What a directory holds may be denied where it is, or where it is moved to. */
    void checkBelow(Place source, Place target, CancelSignal cancel) throws IOException {
        if (server.denylist().isEmpty()
                || source.attributes().filter(BasicFileAttributes::isDirectory).isEmpty()) {
            return;
        }
        var from = server.sandbox().names(source);
        var to = server.sandbox().names(target);
        if (server.denylist().denies(to, true)) {
            throw denied(String.join("/", to));
        }
        try (var directory = new OpenDirectory(NativeFiles.openDirectoryIn(source.descriptor(), source.name()))) {
            new TreeWalk(cancel, at -> {
                        boolean below = at.status().directory();
                        for (var above : List.of(from, to)) {
                            var names = new ArrayList<>(above);
                            names.addAll(at.names());
                            if (server.denylist().denies(names, below)) {
                                throw denied(String.join("/", names));
                            }
                        }
                        return TreeWalk.Next.ENTER;
                    })
                    .below(directory.descriptor());
        }
    }

    private static DeniedException denied(String path) {
        return new DeniedException("file '" + path + "' is on the denylist of the server's egg");
    }
}
