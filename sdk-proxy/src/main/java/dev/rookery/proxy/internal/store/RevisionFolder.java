package dev.rookery.proxy.internal.store;

import dev.rookery.kit.DurableFiles;
import dev.rookery.proxy.store.FileStoreOptions;
import dev.rookery.proxy.store.Revision;
import dev.rookery.proxy.store.RevisionHeader;
import dev.rookery.proxy.store.StoreException;
import dev.rookery.proxy.store.StoreException.Problem;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;

/** The revisions of a store, a file for each. Changes are made by whoever has the store's lock. */
final class RevisionFolder {

    private static final Pattern FILE = Pattern.compile("(\\d{8,18})\\.jsonl");
    /** Longer than any first line can be. */
    private static final int LINE_MAX = 65_536;

    private final Path folder;
    private final Path broken;

    RevisionFolder(Path folder, Path broken) {
        this.folder = folder;
        this.broken = broken;
    }

    String name(long number) {
        return String.format("rev/%08d.jsonl", number);
    }

    Revision read(long number) throws IOException {
        try {
            var revision = RevisionText.read(Files.readAllBytes(file(number)));
            if (revision.number() != number) {
                throw new StoreException(Problem.BROKEN, "it is revision " + revision.number());
            }
            return revision;
        } catch (StoreException e) {
            throw named(number, e);
        }
    }

    /** Returns which etag a revision says that the one before it has; empty if there is no such revision. */
    Optional<String> previousOf(long number) throws IOException {
        try {
            return Optional.of(RevisionText.previous(firstLine(number)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (StoreException e) {
            throw named(number, e);
        }
    }

    /** What cannot be read is left out: it is no reason not to show the others. */
    List<RevisionHeader> headers(long before, int limit) throws IOException {
        var headers = new ArrayList<RevisionHeader>();
        for (long number : numbers().headSet(before, false).descendingSet()) {
            if (headers.size() == limit) {
                break;
            }
            try {
                headers.add(RevisionText.header(firstLine(number)));
            } catch (IOException | StoreException ignored) {
                // Tidied away meanwhile, or broken: whoever asks for it is told.
            }
        }
        return headers;
    }

    /** Writes a file. One that is there already was written but not committed; it is moved aside. */
    void write(RevisionText text) throws IOException {
        var file = file(text.revision().number());
        if (Files.exists(file)) {
            setAside(file);
        }
        DurableFiles.write(file, text.bytes(), DurableFiles.PRIVATE);
    }

    /** Returns the newest revision that can be read, and moves newer ones aside. */
    Revision newestWhole() throws IOException {
        for (long number : numbers().descendingSet()) {
            try {
                return read(number);
            } catch (StoreException e) {
                if (e.problem() != Problem.BROKEN) {
                    throw e;
                }
                setAside(file(number));
            }
        }
        return Revision.NONE;
    }

    void setAside(Path file) throws IOException {
        if (Files.exists(file)) {
            DurableFiles.createDirectories(broken);
            DurableFiles.replace(file, broken.resolve(file.getFileName() + "." + UUID.randomUUID()));
        }
    }

    NavigableSet<Long> numbers() throws IOException {
        var numbers = new TreeSet<Long>();
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                var match = FILE.matcher(file.getFileName().toString());
                if (match.matches()) {
                    numbers.add(Long.parseLong(match.group(1)));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return numbers;
    }

    /**
     * Removes what nobody wants to go back to any more.
     *
     * @param needed what stays in any case
     */
    void tidy(Revision head, FileStoreOptions options, Set<Long> needed) throws IOException {
        var days = new HashSet<LocalDate>();
        var oldest = head.note().at().minus(options.dailyFor());
        int place = 0;
        for (long number : numbers().descendingSet()) {
            var at = at(number);
            boolean ofItsDay = at.isPresent()
                    && days.add(at.get().atZone(ZoneOffset.UTC).toLocalDate())
                    && !at.get().isBefore(oldest);
            place++;
            if (place > options.lastRevisions() && at.isPresent() && !ofItsDay && !needed.contains(number)) {
                Files.deleteIfExists(file(number));
            }
        }
    }

    /** When a revision was saved; empty if it cannot be read, which is a reason to keep it. */
    private Optional<Instant> at(long number) {
        try {
            return Optional.of(RevisionText.header(firstLine(number)).note().at());
        } catch (IOException | StoreException ignored) {
            return Optional.empty();
        }
    }

    private byte[] firstLine(long number) throws IOException {
        var line = new ByteArrayOutputStream();
        try (var in = new BufferedInputStream(Files.newInputStream(file(number)))) {
            int next = in.read();
            while (next >= 0 && line.size() < LINE_MAX) {
                line.write(next);
                if (next == '\n') {
                    break;
                }
                next = in.read();
            }
        }
        return line.toByteArray();
    }

    private Path file(long number) {
        return folder.resolve(String.format("%08d.jsonl", number));
    }

    private StoreException named(long number, StoreException e) {
        return new StoreException(e.problem(), name(number) + ": " + e.getMessage(), e);
    }
}
