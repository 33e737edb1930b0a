package dev.rookery.daemon.internal.archive;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.file.ArchiveEntry;
import dev.rookery.api.file.ArchiveListing;
import dev.rookery.api.file.ArchiveQuery;
import dev.rookery.api.file.FileMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Picks out of all entries of an archive those of one page: of one directory, after a place, the first by order. However many there are, no more than
 * the page is kept. Used by one thread.
 */
final class EntryPage {

    /** A name in order is one of these and the name itself, so that the place to go on is a text, too. */
    private static final String DIRECTORIES = "d:";

    private static final String OTHERS = "f:";
    private static final int PERMISSIONS = 0777;

    private final List<String> directory;
    private final String after;
    private final int limit;
    private final TreeMap<String, ArchiveEntry> kept = new TreeMap<>();
    private boolean found;
    private boolean more;
    private long refused;

    EntryPage(List<String> directory, ArchiveQuery query) {
        this.directory = directory;
        this.after = query.after().orElse("");
        this.limit = query.limit();
        this.found = directory.isEmpty();
        if (!after.isEmpty() && !after.startsWith(DIRECTORIES) && !after.startsWith(OTHERS)) {
            throw new InvalidInputException("after: '" + after + "' (expected: what an answer gave as next)");
        }
    }

    /**
     * Looks at an entry.
     *
     * @param names of its path
     */
    void add(Entry entry, List<String> names) {
        int depth = directory.size();
        if (names.size() < depth || !names.subList(0, depth).equals(directory)) {
            return;
        }
        if (names.size() == depth) {
            found |= entry.kind() == Entry.Kind.DIRECTORY;
            return;
        }
        found = true;
        var name = names.get(depth);
        keep(names.size() > depth + 1 ? ArchiveEntry.impliedDirectory(name) : shown(entry, name));
    }

    /** Counts an entry that is not shown. */
    void refuse() {
        refused++;
    }

    /** Returns the page; nothing if there is no such directory. */
    @Nullable
    ArchiveListing listing(boolean complete) {
        if (!found && complete) {
            return null;
        }
        var next = more ? Optional.of(kept.lastKey()) : Optional.<String>empty();
        return new ArchiveListing(List.copyOf(kept.values()), next, complete, refused);
    }

    private void keep(ArchiveEntry entry) {
        var key = (entry.directory() ? DIRECTORIES : OTHERS) + entry.name();
        if (key.compareTo(after) <= 0) {
            return;
        }
        // What says more of a directory than that it is there counts, wherever it stands.
        kept.merge(
                key,
                entry,
                (before, now) -> before.equals(ArchiveEntry.impliedDirectory(before.name())) ? now : before);
        if (kept.size() > limit) {
            kept.pollLastEntry();
            more = true;
        }
    }

    private static ArchiveEntry shown(Entry entry, String name) {
        var kind = kind(entry.kind());
        boolean sized = kind == ArchiveEntry.Kind.FILE && entry.sizeBytes() >= 0;
        var modified = entry.modified().toInstant();
        return ArchiveEntry.builder()
                .name(name)
                .kind(kind)
                .sizeBytes(sized ? OptionalLong.of(entry.sizeBytes()) : OptionalLong.empty())
                .mode(new FileMode(entry.mode() & PERMISSIONS))
                .modified(modified.equals(Instant.EPOCH) ? Optional.empty() : Optional.of(modified))
                .target(entry.target().isEmpty() ? Optional.empty() : Optional.of(entry.target()))
                .build();
    }

    private static ArchiveEntry.Kind kind(Entry.Kind kind) {
        return switch (kind) {
            case FILE -> ArchiveEntry.Kind.FILE;
            case DIRECTORY -> ArchiveEntry.Kind.DIRECTORY;
            case LINK -> ArchiveEntry.Kind.LINK;
            case HARD_LINK -> ArchiveEntry.Kind.HARD_LINK;
            case OTHER -> ArchiveEntry.Kind.OTHER;
        };
    }
}
