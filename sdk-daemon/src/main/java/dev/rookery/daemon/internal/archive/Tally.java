package dev.rookery.daemon.internal.archive;

import dev.rookery.daemon.internal.file.NameBytes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** What went into an archive, or came out of it, in short: two are the same if all names, kinds, lengths, checksums and targets are, in order. */
final class Tally {

    private final MessageDigest digest;
    private long entries;

    Tally() {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }

    void add(Entry entry, long size, long crc) {
        entries++;
        var name = entry.name().endsWith("/")
                ? entry.name().substring(0, entry.name().length() - 1)
                : entry.name();
        text(name);
        text(entry.kind().name());
        text(entry.target());
        digest.update(
                ByteBuffer.allocate(2 * Long.BYTES).putLong(size).putLong(crc).array());
    }

    long entries() {
        return entries;
    }

    byte[] value() {
        return digest.digest();
    }

    static boolean same(Tally one, Tally other) {
        return one.entries == other.entries && Arrays.equals(one.value(), other.value());
    }

    private void text(String text) {
        var bytes = NameBytes.of(text);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }
}
