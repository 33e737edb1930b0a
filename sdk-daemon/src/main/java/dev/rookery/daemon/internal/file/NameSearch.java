package dev.rookery.daemon.internal.file;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.file.FileEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for files by their names, below a directory. Links are found, but not followed. Used once, by one thread. Source: node API §2.5.
 */
final class NameSearch {

    private static final int DEPTH_MAX = 8;
    private static final int RESULTS_MAX = 10_000;
    /** What belongs to a game's tools and not to its owner. Source: node API §2.5. */
    private static final Set<String> SKIPPED =
            Set.of("node_modules", ".wine", ".git", "appcache", "depotcache", "vendor");

    private final String part;
    private final Optional<String> glob;
    private final CancelSignal cancel;
    private final List<FileEntry> found = new ArrayList<>();

    NameSearch(String pattern, CancelSignal cancel) {
        this.part = pattern.toLowerCase(Locale.ROOT);
        boolean wild = pattern.indexOf('*') >= 0 || pattern.indexOf('?') >= 0;
        // Only these two mean something here.
        this.glob = wild ? Optional.of(part.replace("\\", "\\\\").replace("[", "\\[")) : Optional.empty();
        this.cancel = cancel;
    }

    /** Returns what is found below a directory, at most 10,000, each under the directory's path, which begins with no slash. */
    List<FileEntry> run(OpenDirectory directory, String path) throws IOException {
        var plain = PathNames.plain(path);
        var prefix = plain.isEmpty() ? "" : plain + "/";
        new TreeWalk(cancel, at -> look(at, prefix)).below(directory.descriptor());
        return found;
    }

    private TreeWalk.Next look(TreeWalk at, String prefix) throws IOException {
        var name = at.name();
        if (matches(name.toLowerCase(Locale.ROOT))) {
            FileEntries.of(at.directory(), name, prefix + String.join("/", at.names()))
                    .ifPresent(found::add);
        }
        if (found.size() == RESULTS_MAX) {
            return TreeWalk.Next.END;
        }
        return at.depth() + 1 < DEPTH_MAX && !SKIPPED.contains(name) ? TreeWalk.Next.ENTER : TreeWalk.Next.PASS;
    }

    private boolean matches(String name) {
        return glob.map(wild -> Glob.matches(wild, name)).orElseGet(() -> name.contains(part));
    }
}
