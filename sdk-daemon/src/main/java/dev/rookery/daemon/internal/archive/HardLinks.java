package dev.rookery.daemon.internal.archive;

import dev.rookery.daemon.internal.file.SourceFile;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The files of several names that an archive has already, as long as there are more names to come and they are not too many: what is beyond
 * that goes into the archive as a file of its own. Used by one thread.
 */
final class HardLinks {

    /** About 50,000 files whose other names have not come yet. */
    private static final long MAX_BYTES = 12 << 20;
    /** What an entry takes beside its name. */
    private static final int ENTRY_BYTES = 160;

    private final Map<SourceFile.Identity, Known> known = new HashMap<>();
    private long bytes;
    private long split;

    /** Returns the name that a file has in the archive already; if it has none, this one will be it. */
    Optional<String> first(SourceFile file, String name) {
        var before = known.get(file.identity());
        if (before == null) {
            add(file, name);
            return Optional.empty();
        }
        if (before.left() == 1) {
            forget(file, before.name());
        } else {
            known.put(file.identity(), new Known(before.name(), before.left() - 1));
        }
        return Optional.of(before.name());
    }

    /** Takes it back: the file was not there any more. */
    void forget(SourceFile file, String name) {
        if (known.remove(file.identity()) != null) {
            bytes -= cost(name);
        }
    }

    /** Returns how many files were too many. */
    long split() {
        return split;
    }

    private void add(SourceFile file, String name) {
        long cost = cost(name);
        if (bytes + cost > MAX_BYTES) {
            split++;
            return;
        }
        bytes += cost;
        known.put(file.identity(), new Known(name, file.links() - 1));
    }

    private static long cost(String name) {
        return ENTRY_BYTES + 2L * name.length();
    }

    private record Known(String name, long left) {}
}
