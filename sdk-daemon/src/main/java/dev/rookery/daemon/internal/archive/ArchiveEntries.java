package dev.rookery.daemon.internal.archive;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.Content;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.file.ArchiveListing;
import dev.rookery.api.file.ArchiveQuery;
import dev.rookery.daemon.internal.file.PathNames;
import dev.rookery.daemon.internal.file.Volume;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executor;

/** Looks into archives of servers' files without unpacking them. Each answer is a pass over the archive, in bounded memory. Thread-safe. */
public final class ArchiveEntries {

    private static final int PLACES = 8;
    private static final int PLACES_OF_A_SERVER = 3;

    private final ArchiveLimits limits;
    private final Times times;
    private final WorkMemory memory;
    private final Executor threads;
    private final ReadingPlaces places;

    /**
     * How long things take at most.
     *
     * @param list a listing; what is there by then is the answer
     * @param find the way to one file
     * @param place a wait for others who look into archives
     */
    record Times(Duration list, Duration find, Duration place) {

        static final Times USUAL = new Times(Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofSeconds(10));
    }

    /**
     * Creates it.
     *
     * @param shared take their memory from the same
     * @param threads run what decompresses
     */
    public ArchiveEntries(ArchiveLimits limits, Archives shared, Executor threads) {
        this(limits, Times.USUAL, shared.memory(), threads);
    }

    ArchiveEntries(ArchiveLimits limits, Times times, WorkMemory memory, Executor threads) {
        this.limits = limits;
        this.memory = memory;
        this.times = times;
        this.threads = threads;
        this.places = new ReadingPlaces(PLACES, PLACES_OF_A_SERVER, times.place());
    }

    /**
     * Returns a page of what is in a directory of an archive.
     *
     * @throws NotFoundException if there is no such archive, or no such directory in it
     */
    public ArchiveListing list(Volume volume, ArchiveQuery query, CancelSignal cancel) {
        var page = new EntryPage(names(query.directory()), query);
        boolean complete;
        var place = places.take(volume.directory());
        try (var pass = ArchivePass.begin(volume, query.archive(), limits, memory, threads, times.list(), cancel)) {
            complete = walk(pass, page, cancel);
        } catch (IOException e) {
            throw failure(query.archive(), e, cancel);
        } finally {
            place.close();
        }
        var listing = page.listing(complete);
        if (listing == null) {
            throw new NotFoundException("there is no directory '" + query.directory() + "' in the archive");
        }
        return listing;
    }

    private static boolean walk(ArchivePass pass, EntryPage page, CancelSignal cancel) throws IOException {
        try {
            for (var entry = pass.next(); entry != null; entry = pass.next()) {
                look(pass, page, entry);
            }
            return true;
        } catch (IOException e) {
            if (pass.late() && !cancel.cancelled()) {
                return false;
            }
            throw e;
        }
    }

    private static void look(ArchivePass pass, EntryPage page, Entry entry) {
        List<String> names;
        try {
            names = pass.names(entry.name());
        } catch (ArchiveRefusedException ignored) {
            // Nobody can go there, and the archive cannot be unpacked; that there are such is told.
            page.refuse();
            return;
        }
        page.add(entry, names);
    }

    /**
     * Opens a file of an archive.
     *
     * @throws NotFoundException if there is no such archive, or no such file in it
     */
    public Content read(Volume volume, String archive, String entry, CancelSignal cancel) {
        var names = names(entry);
        if (names.isEmpty()) {
            throw new InvalidInputException("entry: '" + entry + "' is a directory (expected: a file)");
        }
        var place = places.take(volume.directory());
        boolean opened = false;
        try {
            var content = open(new Wanted(volume, archive, cancel), names, place, true);
            opened = true;
            return content;
        } catch (IOException e) {
            throw failure(archive, e, cancel);
        } finally {
            if (!opened) {
                place.close();
            }
        }
    }

    private Content open(Wanted wanted, List<String> names, ReadingPlaces.Place place, boolean follow)
            throws IOException {
        List<String> target;
        var pass = ArchivePass.begin(
                wanted.volume(), wanted.archive(), limits, memory, threads, times.find(), wanted.cancel());
        boolean opened = false;
        try {
            var found = find(pass, names);
            if (found.kind() == Entry.Kind.FILE) {
                var content = new OpenEntry(pass, pass.content(found), found.sizeBytes(), place);
                opened = true;
                return content;
            }
            if (found.kind() != Entry.Kind.HARD_LINK || !follow) {
                throw new InvalidInputException("entry: '" + String.join("/", names) + "' is "
                        + (found.kind() == Entry.Kind.DIRECTORY ? "a directory" : "a link or a device")
                        + " (expected: a file)");
            }
            target = pass.names(found.target());
        } finally {
            if (!opened) {
                pass.close();
            }
        }
        // The file itself stands before the other names of it.
        return open(wanted, target, place, false);
    }

    private Entry find(ArchivePass pass, List<String> names) throws IOException {
        boolean above = false;
        try {
            for (var entry = pass.next(); entry != null; entry = pass.next()) {
                var present = namesOrNone(pass, entry);
                if (present.equals(names)) {
                    return entry;
                }
                above |= present.size() > names.size()
                        && present.subList(0, names.size()).equals(names);
            }
        } catch (IOException e) {
            if (!pass.late()) {
                throw e;
            }
            throw new UnavailableException(
                    "entry '" + String.join("/", names) + "' was not found within "
                            + times.find().toSeconds() + " s (expected: nearer to the archive's beginning)",
                    e);
        }
        if (above) {
            throw new InvalidInputException(
                    "entry: '" + String.join("/", names) + "' is a directory (expected: a file)");
        }
        throw new NotFoundException("there is no '" + String.join("/", names) + "' in the archive");
    }

    private static List<String> namesOrNone(ArchivePass pass, Entry entry) {
        try {
            return pass.names(entry.name());
        } catch (ArchiveRefusedException ignored) {
            // Such an entry is not listed, and not to be had either.
            return List.of();
        }
    }

    private static List<String> names(String path) {
        var plain = PathNames.plain(path);
        return plain.isEmpty() ? List.of() : List.of(plain.split("/", -1));
    }

    private static RuntimeException failure(String archive, IOException e, CancelSignal cancel) {
        if (cancel.cancelled()) {
            return new UnavailableException("looking into '" + archive + "' was cancelled", e);
        }
        try {
            return new UnavailableException(
                    "archive '" + archive + "' cannot be read: "
                            + Archives.understood(e).getMessage(),
                    e);
        } catch (RuntimeException understood) {
            return understood;
        }
    }

    /** Where to look. */
    private record Wanted(Volume volume, String archive, CancelSignal cancel) {}

    /** A file of an archive that is being read. */
    private record OpenEntry(ArchivePass pass, InputStream stream, long size, ReadingPlaces.Place place)
            implements Content {

        @Override
        public OptionalLong sizeBytes() {
            return size < 0 ? OptionalLong.empty() : OptionalLong.of(size);
        }

        @Override
        public void close() throws IOException {
            try {
                pass.close();
            } finally {
                place.close();
            }
        }
    }
}
