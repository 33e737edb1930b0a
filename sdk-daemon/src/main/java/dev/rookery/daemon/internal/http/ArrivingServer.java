package dev.rookery.daemon.internal.http;

import dev.rookery.api.Content;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.dialect.TransferParts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a transfer while they arrive. Each archive's checksum comes behind it: whoever reads an archive to its end learns there that
 * it is wrong. Confined to one thread. Source: node API §2.7.
 */
final class ArrivingServer {

    private static final int LOG_MAX_BYTES = 1024 * 1024;
    private static final int CHECKSUM_MAX_BYTES = 256;
    private static final int DROP_BYTES = 16 * 1024;

    private final Multipart parts;
    private final TransferParts names;
    private Multipart.@Nullable Part pending;
    private @Nullable Checked last;
    private boolean begun;
    private byte[] log = new byte[0];

    ArrivingServer(Multipart parts, TransferParts names) {
        this.parts = parts;
        this.names = names;
    }

    /** Returns whether anything was read. */
    boolean begun() {
        return begun;
    }

    /** Returns the archive of the server's root. */
    Content archive() {
        return new Arriving() {
            @Override
            public InputStream stream() throws IOException {
                return begin();
            }
        };
    }

    /** Returns the archives of the backups, each to be read before the next one is asked for. */
    Map<BackupId, Content> backups() {
        return new Backups();
    }

    /** Returns the output of the installation, empty if there is none. */
    Content installLog() {
        return new Arriving() {
            @Override
            public InputStream stream() throws IOException {
                while (nextBackup() != null) {
                    pending = null;
                }
                return new ByteArrayInputStream(log);
            }
        };
    }

    /** Reads what nobody has read, and proves its checksums. */
    void verifyRest() throws IOException {
        if (!begun) {
            begin();
        }
        while (nextBackup() != null) {
            open(names.backup(requireBackup()), names.backupChecksum(requireBackup()));
        }
    }

    private Checked begin() throws IOException {
        begun = true;
        pending = parts.next();
        return open(TransferParts.ARCHIVE, names.checksum());
    }

    private Checked open(String name, String checksum) throws IOException {
        var part = pending;
        if (part == null || !part.name().equals(name)) {
            throw new IOException("transfer without part '" + name + "' (expected: it comes next)");
        }
        pending = null;
        var opened = new Checked(part, checksum);
        last = opened;
        return opened;
    }

    /** Goes to the next backup, past everything before it; null if there is none. */
    private @Nullable BackupId nextBackup() throws IOException {
        if (!begun) {
            begin();
        }
        var before = last;
        if (before != null) {
            before.drain();
            last = null;
        }
        while (true) {
            if (pending == null) {
                pending = parts.next();
            }
            var part = pending;
            if (part == null) {
                return null;
            }
            var id = backupOf(part.name());
            if (id.isPresent()) {
                return id.get();
            }
            if (names.takesInstallLog() && part.name().equals(names.installLog())) {
                log = part.readNBytes(LOG_MAX_BYTES);
            }
            pending = null;
        }
    }

    private BackupId requireBackup() throws IOException {
        var id = nextBackup();
        if (id == null) {
            throw new IOException("transfer without a further backup");
        }
        return id;
    }

    private Optional<BackupId> backupOf(String name) {
        boolean named = names.takesBackups()
                && name.startsWith(names.backupPrefix())
                && name.endsWith(names.backupSuffix())
                && name.length()
                        > names.backupPrefix().length() + names.backupSuffix().length();
        if (!named) {
            return Optional.empty();
        }
        try {
            return Optional.of(BackupId.parse(name.substring(
                    names.backupPrefix().length(),
                    name.length() - names.backupSuffix().length())));
        } catch (InvalidInputException ignored) {
            // Some other part, of which nothing is known.
            return Optional.empty();
        }
    }

    /** A part whose checksum is proven at its end. */
    private final class Checked extends DigestInputStream {

        private final String checksum;
        private boolean proven;

        Checked(InputStream part, String checksum) {
            super(part, sha256());
            this.checksum = checksum;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int n = proven ? -1 : super.read(target, offset, length);
            if (n < 0) {
                prove();
            }
            return n;
        }

        /** Nothing is closed: what was not read has its checksum too. */
        @Override
        public void close() {
            // On purpose.
        }

        /** By reading: what is skipped counts for the checksum. */
        @Override
        public long skip(long count) throws IOException {
            var dropped = new byte[(int) Math.min(DROP_BYTES, Math.max(0, count))];
            return Math.max(0, read(dropped, 0, dropped.length));
        }

        void drain() throws IOException {
            var dropped = new byte[DROP_BYTES];
            while (read(dropped, 0, dropped.length) >= 0) {
                // Until the end, where the checksum is.
            }
        }

        private void prove() throws IOException {
            if (proven) {
                return;
            }
            var part = parts.next();
            if (part == null || !part.name().equals(checksum)) {
                throw new IOException("transfer without part '" + checksum + "' (expected: behind what it is of)");
            }
            var told = new String(part.readNBytes(CHECKSUM_MAX_BYTES), StandardCharsets.UTF_8).strip();
            var computed = HexFormat.of().formatHex(getMessageDigest().digest());
            if (!told.toLowerCase(Locale.ROOT).equals(computed)) {
                throw new IOException("transfer: " + checksum + " does not fit (expected: " + computed + ")");
            }
            proven = true;
        }
    }

    /** Backups that come one after the other. */
    private final class Backups extends AbstractMap<BackupId, Content> {

        private int given;

        @Override
        public Set<Entry<BackupId, Content>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public Iterator<Entry<BackupId, Content>> iterator() {
                    return new Iterator<>() {
                        @Override
                        public boolean hasNext() {
                            return peek() != null;
                        }

                        @Override
                        public Entry<BackupId, Content> next() {
                            return Backups.this.next();
                        }
                    };
                }

                @Override
                public int size() {
                    return given + (peek() == null ? 0 : 1);
                }

                @Override
                public boolean isEmpty() {
                    return size() == 0;
                }
            };
        }

        private @Nullable BackupId peek() {
            try {
                return nextBackup();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Entry<BackupId, Content> next() {
            var id = peek();
            if (id == null) {
                throw new NoSuchElementException("no further backup");
            }
            given++;
            try {
                var stream = open(names.backup(id), names.backupChecksum(id));
                return Map.entry(id, Content.of(stream, OptionalLong.empty()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Looks at nothing: to look is to read. */
        @Override
        public String toString() {
            return "{backups that are arriving}";
        }
    }

    /** A content of unknown length with nothing to close. */
    private abstract static class Arriving implements Content {

        @Override
        public OptionalLong sizeBytes() {
            return OptionalLong.empty();
        }

        @Override
        public void close() {
            // The request owns its body.
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
