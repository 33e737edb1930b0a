package dev.rookery.daemon.internal.archive;

import dev.rookery.daemon.internal.file.NameBytes;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads tar: old, ustar, GNU and pax, sparse files too. Names are bytes, whether they are UTF-8 or not. */
final class TarReader implements ArchiveReader {

    /** Of these there is content; of other known kinds there is none, whatever is said of its length. */
    private static final String FILES = "0\0007S";

    private static final String WITHOUT_CONTENT = "123456";
    private static final int SPARSE_NUMBER_MAX = 20;
    private static final int PIECE_BYTES = 16;

    private final InputStream in;
    private final int headerMax;
    private final PaxRecords global = new PaxRecords();
    private InputStream content = InputStream.nullInputStream();
    /** What is still to come of the present entry in the archive, with what it is padded by. */
    private long left;

    private long padding;
    private int headerLeft;
    private boolean ended;

    /**
     * Creates it.
     *
     * @param in is closed with this
     * @param headerMax how long what is said of one file may be
     */
    TarReader(InputStream in, int headerMax) {
        this.in = in;
        this.headerMax = headerMax;
    }

    @Override
    public @Nullable Entry next() throws IOException {
        skip(left + padding);
        left = 0;
        padding = 0;
        headerLeft = headerMax;
        var pax = global.copy();
        @Nullable String longName = null;
        @Nullable String longTarget = null;
        for (var header = header(); header != null; header = header()) {
            switch (header.type()) {
                case 'x', 'X' -> pax.read(text(header));
                case 'g' -> {
                    global.read(text(header));
                    pax = global.copy();
                }
                case 'L' -> longName = name(text(header));
                case 'K' -> longTarget = name(text(header));
                case 'V' -> skip(padded(header.sizeBytes()));
                default -> {
                    return entry(
                            header,
                            pax,
                            longName == null ? header.name() : longName,
                            longTarget == null ? header.target() : longTarget);
                }
            }
        }
        return null;
    }

    @Override
    public InputStream content() {
        return content;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private Entry entry(TarHeader header, PaxRecords pax, String plainName, String plainTarget) throws IOException {
        var name = pax.text(PaxRecords.SPARSE_NAME)
                .or(() -> pax.text(PaxRecords.PATH))
                .orElse(plainName);
        var target = pax.text(PaxRecords.TARGET).orElse(plainTarget);
        var modified = pax.modified().orElse(header.modified());
        left = WITHOUT_CONTENT.indexOf(header.type()) >= 0 ? 0 : pax.number(PaxRecords.SIZE, header.sizeBytes());
        padding = padded(left) - left;
        boolean file = FILES.indexOf(header.type()) >= 0;
        if (header.type() == '5' || (file && name.endsWith("/"))) {
            return Entry.directory(name, header.mode(), modified);
        }
        return switch (header.type()) {
            case '1' -> Entry.hardLink(name, header.mode(), modified, target);
            case '2' -> Entry.link(name, modified, target);
            default ->
                file
                        ? Entry.file(name, header.mode(), modified, file(header, pax, name))
                        : new Entry(name, Entry.Kind.OTHER, header.mode(), modified, 0, "");
        };
    }

    /** Makes the content of a file; returns how long it is with its holes. */
    private long file(TarHeader header, PaxRecords pax, String name) throws IOException {
        SparseMap map;
        long size;
        if (header.type() == 'S') {
            map = oldPieces(header);
            size = header.realBytes();
        } else if (pax.number(PaxRecords.SPARSE_MAJOR, 0) == 1) {
            size = pax.number(PaxRecords.SPARSE_REAL_SIZE, 0);
            map = leadingPieces();
        } else {
            var said = pax.map();
            if (said.isEmpty()) {
                content = new Present(in);
                return left;
            }
            map = said.get();
            size = pax.number(PaxRecords.SPARSE_SIZE, pax.number(PaxRecords.SPARSE_REAL_SIZE, 0));
        }
        map.require(name, size, left);
        content = new SparseContent(new Present(in), map, size);
        return size;
    }

    private SparseMap oldPieces(TarHeader header) throws IOException {
        var map = new SparseMap();
        pieces(map, header.bytes(), TarHeader.PIECES_AT, TarHeader.PIECES);
        boolean more = header.bytes()[TarHeader.MORE_AT] != 0;
        while (more) {
            var record = record();
            if (record == null) {
                throw tooEarly();
            }
            pieces(map, record, 0, TarHeader.MORE_PIECES);
            more = record[TarHeader.MORE_MORE_AT] != 0;
        }
        return map;
    }

    private static void pieces(SparseMap map, byte[] record, int from, int count) throws ArchiveRefusedException {
        for (int i = 0; i < count; i++) {
            int at = from + i * 24;
            if (record[at] != 0 && record[at + 12] != 0) {
                map.add(TarHeader.number(record, at), TarHeader.number(record, at + 12));
            }
        }
    }

    /** Reads the map that stands before the data: numbers with a line for each, in whole records. */
    private SparseMap leadingPieces() throws IOException {
        var map = new SparseMap();
        var lines = new Lines();
        long count = lines.number();
        if (count > headerMax / PIECE_BYTES) {
            throw tooLong();
        }
        for (long i = 0; i < count; i++) {
            map.add(lines.number(), lines.number());
        }
        return map;
    }

    private @Nullable TarHeader header() throws IOException {
        if (ended) {
            return null;
        }
        var record = record();
        if (record == null || TarHeader.empty(record)) {
            ended = true;
            // What is compressed has its checksum at its end.
            skip(record == null ? 0 : Long.MAX_VALUE);
            return null;
        }
        return TarHeader.of(record);
    }

    /** Reads the content of a header. */
    private byte[] text(TarHeader header) throws IOException {
        long size = header.sizeBytes();
        if (size > headerLeft) {
            throw tooLong();
        }
        headerLeft -= (int) size;
        var out = new ByteArrayOutputStream();
        var buffer = new byte[TarHeader.BYTES];
        for (long rest = size; rest > 0; rest -= buffer.length) {
            if (in.readNBytes(buffer, 0, buffer.length) < buffer.length) {
                throw tooEarly();
            }
            out.write(buffer, 0, (int) Math.min(rest, buffer.length));
        }
        return out.toByteArray();
    }

    private byte @Nullable [] record() throws IOException {
        headerLeft -= TarHeader.BYTES;
        if (headerLeft < 0) {
            throw tooLong();
        }
        var record = new byte[TarHeader.BYTES];
        int count = in.readNBytes(record, 0, record.length);
        if (count == 0) {
            return null;
        }
        if (count < record.length) {
            throw tooEarly();
        }
        return record;
    }

    /** Passes over so much, or over all there is. */
    private void skip(long count) throws IOException {
        long rest = count;
        while (rest > 0) {
            long skipped = in.skip(rest);
            if (skipped == 0 && in.read() < 0) {
                if (count == Long.MAX_VALUE) {
                    return;
                }
                throw tooEarly();
            }
            rest -= Math.max(1, skipped);
        }
    }

    private ArchiveRefusedException tooLong() {
        return new ArchiveRefusedException(
                "archive: a header of more than " + headerMax + " bytes (expected: at most that)");
    }

    private static EOFException tooEarly() {
        return new EOFException("archive: ends too early");
    }

    private static long padded(long size) throws ArchiveRefusedException {
        if (size > Long.MAX_VALUE - TarHeader.BYTES) {
            throw PaxRecords.wrong();
        }
        return (size + TarHeader.BYTES - 1) / TarHeader.BYTES * TarHeader.BYTES;
    }

    private static String name(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return NameBytes.text(Arrays.copyOf(bytes, end));
    }

    /** What is left of the data of the present entry. */
    private final class Present extends FilterInputStream {

        Present(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (length == 0 || left == 0) {
                return length == 0 ? 0 : -1;
            }
            int count = super.read(buffer, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw tooEarly();
            }
            left -= count;
            return count;
        }
    }

    /** Numbers before the data of the present entry. */
    private final class Lines {

        private final byte[] record = new byte[TarHeader.BYTES];
        private int at = record.length;

        long number() throws IOException {
            var digits = new StringBuilder();
            for (char c = next(); c != '\n'; c = next()) {
                if (digits.length() == SPARSE_NUMBER_MAX) {
                    throw PaxRecords.wrong();
                }
                digits.append(c);
            }
            return PaxRecords.number(digits.toString());
        }

        private char next() throws IOException {
            if (at == record.length) {
                headerLeft -= record.length;
                if (headerLeft < 0) {
                    throw tooLong();
                }
                if (left < record.length || in.readNBytes(record, 0, record.length) < record.length) {
                    throw tooEarly();
                }
                left -= record.length;
                at = 0;
            }
            return (char) (record[at++] & 0xff);
        }
    }
}
