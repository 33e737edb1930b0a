package dev.rookery.daemon.internal.archive;

import dev.rookery.api.CancelSignal;
import dev.rookery.daemon.internal.file.NameBytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/** Holds one archive to the limits while it is read. Used by one thread. */
final class Guard {

    private static final int NAME_BYTES = 255;
    private static final int SHOWN = 100;
    /** What a server calls its own directory. */
    private static final String HOME = "/home/container";

    /** Zeros become holes and are made fast: they count less. The best that deflate does with them is a ratio of 1032. */
    private static final int ZEROS_SHARE = 16;

    private static final int BLOCK = 4096;
    private static final byte[] ZEROS = new byte[BLOCK];

    private final ArchiveLimits limits;
    private final CancelSignal cancel;
    private final LongSupplier packedBytes;
    private final long deadline;
    private String present = "";
    private long entries;
    private long totalBytes;
    private long decodedBytes;
    private long weightedBytes;

    /**
     * Creates it.
     *
     * @param packedBytes how long the archive is
     */
    Guard(ArchiveLimits limits, CancelSignal cancel, LongSupplier packedBytes) {
        this.limits = limits;
        this.cancel = cancel;
        this.packedBytes = packedBytes;
        this.deadline = System.nanoTime() + limits.time().toNanos();
    }

    ArchiveLimits limits() {
        return limits;
    }

    CancelSignal cancel() {
        return cancel;
    }

    /** Counts an entry. */
    void entry(Entry entry) throws IOException {
        present = entry.name();
        if (++entries > limits.entries()) {
            throw new ArchiveRefusedException(
                    about(entry.name()) + "more than " + limits.entries() + " entries (expected: at most that)");
        }
        look(entry.name());
        if (entry.sizeBytes() > limits.totalBytes()) {
            throw new ArchiveRefusedException(
                    about(entry.name()) + entry.sizeBytes() + " bytes (expected: at most " + limits.totalBytes() + ")");
        }
    }

    /** Counts bytes of an entry's content, holes too. */
    void bytes(String name, long count) throws IOException {
        totalBytes += count;
        if (totalBytes > limits.totalBytes()) {
            throw new ArchiveRefusedException(
                    about(name) + "more than " + limits.totalBytes() + " bytes in all (expected: at most that)");
        }
        look(name);
    }

    /** Counts what was decoded, whether anybody wants it or not. */
    void decoded(byte[] buffer, int offset, int count) throws IOException {
        decodedBytes += count;
        weightedBytes += weight(buffer, offset, count);
        if (decodedBytes > limits.totalBytes()) {
            throw new ArchiveRefusedException(
                    about(present) + "more than " + limits.totalBytes() + " bytes in all (expected: at most that)");
        }
        long packed = Math.max(1, packedBytes.getAsLong());
        if (weightedBytes > limits.ratioFromBytes() && weightedBytes / packed >= limits.ratio()) {
            throw new ArchiveRefusedException(about(present) + "more than " + limits.ratio() + " times as long as the "
                    + packed + " bytes of the archive (expected: at most that)");
        }
        look(present);
    }

    /** Counts what a decoder has to go through before it comes to what is wanted. */
    void passed(long count) throws IOException {
        decodedBytes += count;
        weightedBytes += count;
        decoded(ZEROS, 0, 0);
    }

    /** Throws if it is cancelled, or takes too long. */
    void look() throws IOException {
        look(present);
    }

    private static long weight(byte[] buffer, int offset, int count) {
        long weight = 0;
        for (int at = 0; at < count; at += BLOCK) {
            int length = Math.min(BLOCK, count - at);
            boolean zeros = length == BLOCK && Arrays.equals(buffer, offset + at, offset + at + BLOCK, ZEROS, 0, BLOCK);
            weight += zeros ? BLOCK / ZEROS_SHARE : length;
        }
        return weight;
    }

    /** Throws if it is cancelled, or takes too long. */
    void look(String name) throws IOException {
        if (cancel.cancelled()) {
            throw new EndedException();
        }
        if (System.nanoTime() - deadline > 0) {
            throw new ArchiveRefusedException(
                    about(name) + "more than " + limits.time().toSeconds() + " s (expected: at most that)");
        }
    }

    /**
     * Returns the parts of an entry's name; none for the root itself.
     *
     * @throws ArchiveRefusedException if it leads out, or no file can have it
     */
    List<String> names(String name) throws ArchiveRefusedException {
        if (name.startsWith("/")) {
            throw new ArchiveRefusedException(about(name) + "an absolute path (expected: a relative one)");
        }
        if (length(name) > limits.pathBytes()) {
            throw new ArchiveRefusedException(
                    about(name) + "a path of more than " + limits.pathBytes() + " bytes (expected: at most that)");
        }
        var names = new ArrayList<String>();
        for (var part : name.split("/", -1)) {
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (part.equals("..")) {
                throw new ArchiveRefusedException(about(name) + "leads out of the directory (expected: no '..')");
            }
            requireName(part, name);
            names.add(part);
        }
        if (names.size() > limits.depth()) {
            throw new ArchiveRefusedException(
                    about(name) + names.size() + " levels deep (expected: at most " + limits.depth() + ")");
        }
        return names;
    }

    /**
     * Returns whether a link leads out of the server's files, or may do so: it goes down and up again, and what is down may be a link.
     *
     * @param depth how many levels below the server's root the link is
     */
    boolean leadsOut(Entry entry, int depth) throws ArchiveRefusedException {
        var target = entry.target();
        if (length(target) >= limits.pathBytes()) {
            throw new ArchiveRefusedException(about(entry.name()) + "a link to a path of more than "
                    + limits.pathBytes() + " bytes (expected: at most that)");
        }
        boolean home = target.equals(HOME) || target.startsWith(HOME + "/");
        int up = 0;
        boolean down = home;
        for (var part : (home ? target.substring(HOME.length()) : target).split("/", -1)) {
            if (part.equals("..")) {
                if (down) {
                    return true;
                }
                up++;
            } else if (!part.isEmpty() && !part.equals(".")) {
                down = true;
            }
        }
        boolean impossible = target.isEmpty() || target.indexOf('\0') >= 0 || !NameBytes.canBe(target);
        return impossible || up > depth || (target.startsWith("/") && !home);
    }

    /** Returns how a message about an entry begins. */
    static String about(String name) {
        var plain = new StringBuilder();
        name.codePoints()
                .limit(SHOWN)
                .forEach(c ->
                        plain.appendCodePoint(Character.isISOControl(c) || Character.isSurrogate((char) c) ? '?' : c));
        return "archive entry '" + plain + (name.length() > SHOWN ? "...': " : "': ");
    }

    static String shown(String target) {
        var text = about(target);
        return text.substring("archive entry '".length(), text.lastIndexOf('\''));
    }

    private static void requireName(String part, String name) throws ArchiveRefusedException {
        if (part.indexOf('\0') >= 0 || !NameBytes.canBe(part)) {
            throw new ArchiveRefusedException(about(name) + "a name that no file can have");
        }
        if (length(part) > NAME_BYTES) {
            throw new ArchiveRefusedException(
                    about(name) + "a file name of more than " + NAME_BYTES + " bytes (expected: at most that)");
        }
    }

    private static int length(String name) {
        return NameBytes.of(name).length - 1;
    }
}
