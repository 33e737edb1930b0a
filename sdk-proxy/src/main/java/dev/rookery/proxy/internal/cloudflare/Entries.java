package dev.rookery.proxy.internal.cloudflare;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.UnavailableException;
import dev.rookery.kit.DurableFiles;
import dev.rookery.proxy.cloudflare.CloudflareStatus;
import dev.rookery.proxy.internal.json.ProxyJson;
import dev.rookery.proxy.internal.name.Shown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Keeps entries in files, one for each binding, each replaced as a whole and on the disk when a method returns. Thread-safe, also between processes of one
 * machine.
 */
public final class Entries {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final String SUFFIX = ".json";

    /** Locks of files count for a whole process, whatever the number of outboxes that share a folder in it. */
    private static final Map<Path, Locks> LOCKS = new ConcurrentHashMap<>();

    private final Path folder;
    private final Locks locks;

    /** Those of a folder, within this process. */
    private record Locks(ReentrantLock changing, ReentrantLock running) {}

    /** Opens a folder, and makes it if it is not there. */
    public Entries(Path folder) {
        this.folder = folder;
        try {
            DurableFiles.createDirectories(folder);
            this.locks = LOCKS.computeIfAbsent(
                    folder.toRealPath(), path -> new Locks(new ReentrantLock(), new ReentrantLock()));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Returns all entries, by id. */
    List<Entry> all() {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith(".") && name.endsWith(SUFFIX))
                    .sorted()
                    .flatMap(name -> find(name.substring(0, name.length() - SUFFIX.length())).stream())
                    .toList();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Returns how far each is. */
    public List<CloudflareStatus> states() {
        return all().stream().map(Entry::status).toList();
    }

    /** Returns an entry. */
    Optional<Entry> find(String id) {
        try {
            return Optional.of(ProxyJson.read(Files.readAllBytes(file(id)), Entry.class));
        } catch (NoSuchFileException ignored) {
            // There is none.
            return Optional.empty();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Changes an entry, or makes or removes it, seeing nothing but its newest state. */
    Optional<Entry> change(String id, Function<Optional<Entry>, Optional<Entry>> change) {
        locks.changing().lock();
        try (var channel = open(".changes.lock");
                var lock = channel.lock()) {
            var before = find(id);
            var after = change.apply(before);
            if (!after.equals(before)) {
                write(id, after);
            }
            return lock.isValid() ? after : before;
        } catch (IOException e) {
            throw failed(e);
        } finally {
            locks.changing().unlock();
        }
    }

    /** Runs something that only one at a time may do, of all threads and processes; empty if somebody else does. */
    <T> Optional<T> exclusively(Function<Entries, T> work) {
        // Who is told of a state may not begin another run in the middle of this one.
        if (locks.running().isHeldByCurrentThread() || !locks.running().tryLock()) {
            return Optional.empty();
        }
        try (var channel = open(".run.lock");
                var lock = channel.tryLock()) {
            return lock == null ? Optional.empty() : Optional.of(work.apply(this));
        } catch (IOException e) {
            throw failed(e);
        } finally {
            locks.running().unlock();
        }
    }

    private void write(String id, Optional<Entry> entry) throws IOException {
        if (entry.isPresent()) {
            DurableFiles.write(file(id), ProxyJson.write(entry.get()), DurableFiles.PRIVATE);
        } else {
            DurableFiles.delete(file(id));
        }
    }

    private FileChannel open(String lock) throws IOException {
        return FileChannel.open(folder.resolve(lock), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private Path file(String id) {
        if (!ID.matcher(id).matches()) {
            throw new InvalidInputException(
                    "binding '" + Shown.of(id) + "' (expected: 1 to 64 letters, digits, underscores and hyphens)");
        }
        return folder.resolve(id + SUFFIX);
    }

    private static UnavailableException failed(IOException e) {
        return new UnavailableException(
                "the outbox for Cloudflare cannot be read or written: " + e.getMessage(), new UncheckedIOException(e));
    }
}
