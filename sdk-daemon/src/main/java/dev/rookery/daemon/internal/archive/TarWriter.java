package dev.rookery.daemon.internal.archive;

import java.io.ByteArrayOutputStream;
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
    public void file(Entry entry, InputStream content) throws IOException {
        header(entry, entry.sizeBytes());
        long left = entry.sizeBytes();
        while (left > 0) {
            int count = content.readNBytes(buffer, 0, (int) Math.min(buffer.length, left));
            out.write(buffer, 0, count);
            left -= count;
        }
        pad(entry.sizeBytes());
    }

    @Override
    public void close() throws IOException {
        out.write(new byte[END_RECORDS * RECORD]);
        out.close();
    }

    private void header(Entry entry, long size) throws IOException {
        var name = entry.kind() == Entry.Kind.DIRECTORY ? entry.name() + "/" : entry.name();
        var extended = new ByteArrayOutputStream();
        if (!plain(name)) {
            pax(extended, "path", name);
        }
        if (!plain(entry.target())) {
            pax(extended, "linkpath", entry.target());
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
        var rest = (" " + key + "=" + value + "\n").getBytes(StandardCharsets.UTF_8);
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

    private static String shortened(String name) {
        var bytes = name.getBytes(StandardCharsets.UTF_8);
        return bytes.length < NAME ? name : new String(bytes, 0, NAME / 2, StandardCharsets.UTF_8);
    }

    private static void text(byte[] record, int at, int length, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, record, at, Math.min(bytes.length, length));
    }

    private static void octal(byte[] record, int at, int length, long value) {
        var digits = Long.toOctalString(value);
        text(record, at, length - 1, "0".repeat(length - 1 - digits.length()) + digits);
    }
}
