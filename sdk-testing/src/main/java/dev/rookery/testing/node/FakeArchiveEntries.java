package dev.rookery.testing.node;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.file.ArchiveEntry;
import dev.rookery.api.file.ArchiveListing;
import dev.rookery.api.file.ArchiveQuery;
import dev.rookery.api.file.FileMode;
import java.time.Instant;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What is in an archive of a fake server: the whole of it is unpacked in memory. */
final class FakeArchiveEntries {

    private static final Comparator<ArchiveEntry> ORDER =
            Comparator.comparing(ArchiveEntry::directory).reversed().thenComparing(ArchiveEntry::name);

    private final NavigableMap<String, FakeFiles.Item> items = new TreeMap<>();

    FakeArchiveEntries(byte[] archive) {
        FakeArchives.forEach(archive, (path, item) -> {
            var plain = FakeFiles.resolve(path);
            items.put(plain, item);
            for (var above = FakeFiles.parent(plain); !above.isEmpty(); above = FakeFiles.parent(above)) {
                items.putIfAbsent(above, new FakeFiles.Item(null, new FileMode(0755), Instant.EPOCH, Instant.EPOCH));
            }
        });
    }

    ArchiveListing list(ArchiveQuery query) {
        var directory = FakeFiles.resolve(query.directory());
        var present = items.get(directory);
        if (!directory.isEmpty() && (present == null || !present.directory())) {
            throw new NotFoundException("there is no directory '" + directory + "' in the archive");
        }
        var all = items.entrySet().stream()
                .filter(item -> FakeFiles.parent(item.getKey()).equals(directory))
                .map(item -> entry(FakeFiles.baseName(item.getKey()), item.getValue()))
                .sorted(ORDER)
                .toList();
        int from = query.after().map(FakeArchiveEntries::number).orElse(0);
        int to = Math.min(all.size(), from + query.limit());
        var next = to < all.size() ? Optional.of(Integer.toString(to)) : Optional.<String>empty();
        return new ArchiveListing(all.subList(Math.min(from, to), to), next, true, 0);
    }

    byte[] read(String entry) {
        var item = items.get(FakeFiles.resolve(entry));
        if (item == null) {
            throw new NotFoundException("there is no '" + entry + "' in the archive");
        }
        return item.content()
                .orElseThrow(
                        () -> new InvalidInputException("entry: '" + entry + "' is a directory (expected: a file)"));
    }

    private static ArchiveEntry entry(String name, FakeFiles.Item item) {
        return item.content()
                .map(bytes -> ArchiveEntry.builder()
                        .name(name)
                        .sizeBytes(OptionalLong.of(bytes.length))
                        .mode(item.mode())
                        .modified(Optional.of(item.modified()))
                        .build())
                .orElseGet(() -> ArchiveEntry.impliedDirectory(name));
    }

    private static int number(String after) {
        try {
            return Integer.parseInt(after);
        } catch (NumberFormatException e) {
            throw new InvalidInputException("after: '" + after + "' (expected: what an answer gave as next)", e);
        }
    }
}
