package dev.rookery.daemon.internal.archive;

import dev.rookery.daemon.internal.file.NameBytes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a pax header says of one file or, until it is said otherwise, of all. Only what is used is kept, so that headers after headers add up to nothing. */
final class PaxRecords {

    static final String PATH = "path";
    static final String TARGET = "linkpath";
    static final String SIZE = "size";
    static final String MODIFIED = "mtime";
    static final String SPARSE_MAJOR = "GNU.sparse.major";
    static final String SPARSE_NAME = "GNU.sparse.name";
    static final String SPARSE_REAL_SIZE = "GNU.sparse.realsize";
    static final String SPARSE_SIZE = "GNU.sparse.size";
    static final String SPARSE_MAP = "GNU.sparse.map";
    private static final String SPARSE_OFFSET = "GNU.sparse.offset";
    private static final String SPARSE_LENGTH = "GNU.sparse.numbytes";

    private static final Set<String> USED =
            Set.of(PATH, TARGET, SIZE, MODIFIED, SPARSE_MAJOR, SPARSE_NAME, SPARSE_REAL_SIZE, SPARSE_SIZE, SPARSE_MAP);
    private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(Instant.MAX.getEpochSecond());
    private static final int NUMBER_MAX = 40;

    private final Map<String, String> values = new HashMap<>();
    private final SparseMap pieces = new SparseMap();
    private long pieceOffset;

    /** Returns the same records, to be added to. */
    PaxRecords copy() {
        var copy = new PaxRecords();
        copy.values.putAll(values);
        return copy;
    }

    /** Takes records over: of each a length, a key and a value. */
    void read(byte[] bytes) throws ArchiveRefusedException {
        int at = 0;
        while (at < bytes.length && bytes[at] != 0) {
            int begin = at;
            int length = 0;
            while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9' && length < bytes.length) {
                length = length * 10 + bytes[at++] - '0';
            }
            int end = begin + length;
            if (at == begin || at >= bytes.length || bytes[at] != ' ' || end <= at + 1 || end > bytes.length) {
                throw wrong();
            }
            record(bytes, at + 1, end - 1);
            at = end;
        }
    }

    private void record(byte[] bytes, int from, int to) throws ArchiveRefusedException {
        int equals = from;
        while (equals < to && bytes[equals] != '=') {
            equals++;
        }
        if (equals == to || bytes[to] != '\n') {
            throw wrong();
        }
        var key = new String(bytes, from, equals - from, StandardCharsets.UTF_8);
        var value = new byte[to - equals - 1];
        System.arraycopy(bytes, equals + 1, value, 0, value.length);
        if (key.equals(SPARSE_OFFSET)) {
            pieceOffset = number(NameBytes.text(value));
        } else if (key.equals(SPARSE_LENGTH)) {
            pieces.add(pieceOffset, number(NameBytes.text(value)));
        } else if (USED.contains(key) && value.length == 0) {
            values.remove(key);
        } else if (USED.contains(key)) {
            values.put(key, NameBytes.text(value));
        }
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** Returns a number, or what is said otherwise. */
    long number(String key, long otherwise) throws ArchiveRefusedException {
        var text = values.get(key);
        return text == null ? otherwise : number(text);
    }

    Optional<FileTime> modified() throws ArchiveRefusedException {
        var text = values.get(MODIFIED);
        if (text == null) {
            return Optional.empty();
        }
        if (text.length() > NUMBER_MAX || text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
            throw wrong();
        }
        try {
            var seconds = new BigDecimal(text);
            if (seconds.abs().compareTo(MOST_SECONDS) >= 0) {
                throw wrong();
            }
            long whole = seconds.setScale(0, RoundingMode.FLOOR).longValueExact();
            long nanos = seconds.subtract(BigDecimal.valueOf(whole))
                    .movePointRight(9)
                    .longValue();
            return Optional.of(FileTime.from(Instant.ofEpochSecond(whole, nanos)));
        } catch (NumberFormatException | DateTimeException e) {
            throw new ArchiveRefusedException("archive: a header that makes no sense", e);
        }
    }

    /** Returns where a sparse file of the versions 0.0 and 0.1 has data; empty if that is not said. */
    Optional<SparseMap> map() throws ArchiveRefusedException {
        var text = values.get(SPARSE_MAP);
        if (text != null) {
            var map = new SparseMap();
            int at = 0;
            while (at < text.length()) {
                int comma = text.indexOf(',', at);
                int next = comma < 0 ? -1 : text.indexOf(',', comma + 1);
                int end = next < 0 ? text.length() : next;
                if (comma < 0) {
                    throw wrong();
                }
                map.add(number(text.substring(at, comma)), number(text.substring(comma + 1, end)));
                at = end + 1;
            }
            return Optional.of(map);
        }
        return pieces.count() > 0 ? Optional.of(pieces) : Optional.empty();
    }

    static long number(String text) throws ArchiveRefusedException {
        try {
            long number = text.length() > NUMBER_MAX ? -1 : Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new ArchiveRefusedException("archive: a header that makes no sense", e);
        }
        throw wrong();
    }

    static ArchiveRefusedException wrong() {
        return new ArchiveRefusedException("archive: a header that makes no sense");
    }
}
