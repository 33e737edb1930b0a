package dev.rookery.daemon.internal.archive;

import dev.rookery.daemon.internal.file.NameBytes;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** Writes tar in the pax format, which every tar of this century reads: names in UTF-8, times to the nanosecond, any length. */
final class TarWriter implements ArchiveWriter {

    private static final int RECORD = 512;
    private static final int END_RECORDS = 2;
    private static final int BUFFER = 128 << 10;
    private static final int NAME = 100;
    private static final long SIZE_MAX = 077777777777L;
    private static final int NANO_DIGITS = 9;

    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];

    /**
     * Creates it.
     *
     * @param out is closed with this
     */
    TarWriter(OutputStream out) {
        this.out = out;
    }

    @Override
    public boolean hardLinks() {
        return true;
    }

    @Override
    public void entry(Entry entry) throws IOException {
        header(entry, 0);
    }

    @Override
    public boolean anyName() {
        return true;
    }

    @Override
    public void file(Entry entry, SparseMap map, InputStream content) throws IOException {
        if (map.dataBytes() == entry.sizeBytes()) {
            header(entry, entry.sizeBytes());
            copy(content, entry.sizeBytes(), true);
            pad(entry.sizeBytes());
            return;
        }
        sparse(entry, map);
        long at = 0;
        for (int i = 0; i < map.count(); i++) {
            copy(content, map.offset(i) - at, false);
            copy(content, map.length(i), true);
            at = map.end(i);
        }
        copy(content, entry.sizeBytes() - at, false);
        pad(map.dataBytes());
    }

    @Override
    public void close() throws IOException {
        out.write(new byte[END_RECORDS * RECORD]);
        out.close();
    }

    /** Source: GNU tar manual, "Storing Sparse Files", version 1.0. */
    private void sparse(Entry entry, SparseMap map) throws IOException {
        var pieces = new StringBuilder().append(map.count()).append('\n');
        for (int i = 0; i < map.count(); i++) {
            pieces.append(map.offset(i)).append('\n').append(map.length(i)).append('\n');
        }
        var numbers = pieces.toString().getBytes(StandardCharsets.US_ASCII);
        long padded = (numbers.length + RECORD - 1L) / RECORD * RECORD;
        var extended = new ByteArrayOutputStream();
        pax(extended, "GNU.sparse.major", "1");
        pax(extended, "GNU.sparse.minor", "0");
        pax(extended, "GNU.sparse.name", entry.name());
        pax(extended, "GNU.sparse.realsize", Long.toString(entry.sizeBytes()));
        header(entry, "GNUSparseFile.0/" + shortened(entry.name()), padded + map.dataBytes(), extended);
        out.write(numbers);
        pad(numbers.length);
    }

    private void copy(InputStream content, long count, boolean written) throws IOException {
        long left = count;
        while (left > 0) {
            int read = content.readNBytes(buffer, 0, (int) Math.min(buffer.length, left));
            if (read == 0) {
                throw new EOFException("a file ends too early");
            }
            if (written) {
                out.write(buffer, 0, read);
            }
            left -= read;
        }
    }

    private void header(Entry entry, long size) throws IOException {
        var name = entry.kind() == Entry.Kind.DIRECTORY ? entry.name() + "/" : entry.name();
        header(entry, name, size, new ByteArrayOutputStream());
    }

    /**
     * Writes a header.
     *
     * @param extended what is to be said beside the rest
     */
    private void header(Entry entry, String name, long size, ByteArrayOutputStream extended) throws IOException {
        if (!plain(name) || !plain(entry.target())) {
            names(extended, name, entry.target());
        }
        if (size > SIZE_MAX) {
            pax(extended, "size", Long.toString(size));
        }
        var modified = entry.modified().toInstant();
        if (modified.getNano() != 0 || modified.getEpochSecond() < 0 || modified.getEpochSecond() > SIZE_MAX) {
            pax(extended, "mtime", seconds(modified));
        }
        if (extended.size() > 0) {
            out.write(record("PaxHeaders/" + shortened(name), "", 'x', 0644, extended.size(), Instant.EPOCH));
            extended.writeTo(out);
            pad(extended.size());
        }
        char type = switch (entry.kind()) {
            case DIRECTORY -> '5';
            case LINK -> '2';
            case HARD_LINK -> '1';
            default -> '0';
        };
        out.write(record(shortened(name), entry.target(), type, entry.mode(), size, modified));
    }

    private static void names(ByteArrayOutputStream out, String name, String target) throws IOException {
        if (!NameBytes.plain(name) || !NameBytes.plain(target)) {
            // Else they had to be UTF-8.
            pax(out, "hdrcharset", "BINARY");
        }
        if (!plain(name)) {
            pax(out, "path", name);
        }
        if (!plain(target)) {
            pax(out, "linkpath", target);
        }
    }

    private static byte[] record(String name, String target, char type, int mode, long size, Instant modified) {
        var record = new byte[RECORD];
        text(record, 0, NAME, name);
        octal(record, 100, 8, mode & 0777);
        octal(record, 108, 8, 0);
        octal(record, 116, 8, 0);
        octal(record, 124, 12, size > SIZE_MAX ? 0 : size);
        octal(record, 136, 12, Math.max(0, Math.min(SIZE_MAX, modified.getEpochSecond())));
        record[156] = (byte) type;
        text(record, 157, NAME, target);
        text(record, 257, 8, "ustar\00000");
        Arrays.fill(record, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : record) {
            sum += b & 0xff;
        }
        octal(record, 148, 7, sum);
        return record;
    }

    private void pad(long size) throws IOException {
        int rest = (int) (size % RECORD);
        if (rest > 0) {
            out.write(new byte[RECORD - rest]);
        }
    }

    private static void pax(ByteArrayOutputStream out, String key, String value) throws IOException {
        var rest = bytes(" " + key + "=" + value + "\n");
        int length = rest.length;
        // The length counts its own digits.
        while (Integer.toString(length).length() + rest.length != length) {
            length = Integer.toString(length).length() + rest.length;
        }
        out.write(Integer.toString(length).getBytes(StandardCharsets.US_ASCII));
        out.write(rest);
    }

    private static String seconds(Instant time) {
        var nanos = Integer.toString(time.getNano());
        if (time.getEpochSecond() >= 0) {
            return time.getEpochSecond() + "." + "0".repeat(NANO_DIGITS - nanos.length()) + nanos;
        }
        return BigDecimal.valueOf(time.getEpochSecond())
                .add(BigDecimal.valueOf(time.getNano(), NANO_DIGITS))
                .toPlainString();
    }

    private static boolean plain(String text) {
        return text.length() < NAME && StandardCharsets.US_ASCII.newEncoder().canEncode(text);
    }

    /** Cuts a name for those who do not know what stands beside it. */
    private static String shortened(String name) {
        return bytes(name).length < NAME ? name : name.substring(0, NAME / 4);
    }

    private static byte[] bytes(String text) {
        var named = NameBytes.of(text);
        return Arrays.copyOf(named, named.length - 1);
    }

    private static void text(byte[] record, int at, int length, String text) {
        var bytes = bytes(text);
        System.arraycopy(bytes, 0, record, at, Math.min(bytes.length, length));
    }

    private static void octal(byte[] record, int at, int length, long value) {
        var digits = Long.toOctalString(value);
        text(record, at, length - 1, "0".repeat(length - 1 - digits.length()) + digits);
    }
}
