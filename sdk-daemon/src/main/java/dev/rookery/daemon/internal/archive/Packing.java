package dev.rookery.daemon.internal.archive;

import dev.rookery.api.file.ArchiveFormat;
import dev.rookery.daemon.internal.file.NameBytes;
import dev.rookery.daemon.internal.file.SourceFile;
import dev.rookery.daemon.internal.file.SourceTree;
import dev.rookery.daemon.internal.job.JobProgress;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes one archive. What could not be unpacked because of a limit is not packed. Used by one thread. */
final class Packing {

    private final ArchiveLimits limits;
    private final WorkMemory memory;
    private final Executor threads;
    private final int workers;
    private final JobProgress progress;
    private final Guard guard;
    private final Tally tally = new Tally();
    private final HardLinks links = new HardLinks();
    private final LeftOut nameless = new LeftOut("files whose names are not UTF-8, which zip cannot carry (tar can)");

    Packing(ArchiveLimits limits, WorkMemory memory, Executor threads, int workers, JobProgress progress) {
        this.limits = limits;
        this.memory = memory;
        this.threads = threads;
        this.workers = workers;
        this.progress = progress;
        this.guard = guard();
    }

    /** Returns the format that is written where this one is asked for: gzip for what nobody knows. */
    static ArchiveFormat written(ArchiveFormat asked) {
        boolean known = asked.equals(ArchiveFormat.ZIP)
                || asked.equals(ArchiveFormat.TAR)
                || asked.equals(ArchiveFormat.TAR_BZ2)
                || asked.equals(ArchiveFormat.TAR_XZ)
                || asked.equals(ArchiveFormat.TAR_ZSTD);
        return known ? asked : ArchiveFormat.TAR_GZ;
    }

    /**
     * Looks whether all of it can be unpacked again.
     *
     * @return how many bytes there are
     * @throws ArchiveRefusedException if a limit is in the way
     */
    long look(SourceTree files) throws IOException {
        var all = new long[1];
        var looked = guard();
        files.walk(progress.cancel(), file -> {
            long size = file.regular() ? file.sizeBytes() : 0;
            all[0] += size;
            looked.entry(Entry.file(name(file), file.mode(), file.modified(), size));
            looked.names(name(file));
        });
        return all[0];
    }

    /** Writes the archive. */
    void write(SourceTree files, ArchiveFormat format, ClaimedChannel channel) throws IOException {
        var writer = Encoders.writer(format, channel, memory, threads, workers, progress.cancel());
        try {
            files.walk(progress.cancel(), file -> add(file, writer));
        } catch (IOException | RuntimeException e) {
            closeAfter(e, writer);
            throw e;
        }
        writer.close();
        guard.look();
    }

    /** An encoder that could not write says so again when it is closed, by the very same exception. */
    private static void closeAfter(Exception reason, ArchiveWriter writer) {
        try {
            writer.close();
        } catch (IOException again) {
            if (!again.equals(reason)) {
                reason.addSuppressed(again);
            }
        }
    }

    /** Returns how many files, directories and links were written. */
    long entries() {
        return tally.entries();
    }

    /** Says what is not as it was, if anything is. */
    Optional<String> note() {
        var split = links.split() == 0
                ? Optional.<String>empty()
                : Optional.of(links.split() + " files of several names may be in it more than once");
        var text = Stream.of(nameless.text(), split).flatMap(Optional::stream).collect(Collectors.joining("; "));
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /**
     * Compares what was written with what was read back.
     *
     * @throws IOException if it is not the same
     */
    void compare(Tally found) throws IOException {
        if (!Tally.same(tally, found)) {
            throw new IOException("the archive reads back otherwise than it was written, with " + found.entries()
                    + " entries (expected: " + tally.entries() + ", the same)");
        }
    }

    /** Holds what is written to the limits of what is read. */
    private Guard guard() {
        return new Guard(limits, progress.cancel(), () -> Long.MAX_VALUE);
    }

    private void add(SourceFile file, ArchiveWriter writer) throws IOException {
        var name = name(file);
        guard.names(name);
        if (!writer.anyName() && !NameBytes.plain(name)) {
            nameless.add(NameBytes.shown(name));
            return;
        }
        if (file.directory()) {
            write(Entry.directory(name, file.mode(), file.modified()), writer);
        } else if (file.link()) {
            write(Entry.link(name, file.modified(), file.target()), writer);
        } else {
            var first = file.manyNames() && writer.hardLinks() ? links.first(file, name) : Optional.<String>empty();
            if (first.isEmpty()) {
                content(file, name, writer);
            } else {
                write(Entry.hardLink(name, file.mode(), file.modified(), first.get()), writer);
            }
        }
    }

    private void write(Entry entry, ArchiveWriter writer) throws IOException {
        guard.entry(entry);
        writer.entry(entry);
        tally.add(entry, 0, 0);
    }

    private void content(SourceFile file, String name, ArchiveWriter writer) throws IOException {
        SourceFile.Opened source;
        try {
            source = file.open();
        } catch (NoSuchFileException e) {
            // It vanished: a second name of it, later, is its first one then.
            links.forget(file, name);
            throw e;
        }
        try (source) {
            var map = new SparseMap();
            var pieces = source.pieces();
            for (int i = 0; i < pieces.length; i += 2) {
                map.add(pieces[i], pieces[i + 1]);
            }
            var entry = Entry.file(name, file.mode(), file.modified(), source.sizeBytes());
            guard.entry(entry);
            var content = new FileContent(source.channel(), map, source.sizeBytes(), progress::add);
            writer.file(entry, map, content);
            tally.add(entry, source.sizeBytes(), content.crc());
        }
    }

    private static String name(SourceFile file) {
        return String.join("/", file.names());
    }
}
