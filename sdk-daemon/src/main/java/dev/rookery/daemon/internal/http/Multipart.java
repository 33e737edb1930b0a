package dev.rookery.daemon.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code multipart/form-data} body part by part while it arrives; holds no more than {@value #BUFFER_BYTES} bytes of it. Confined
 * to one thread. Source: RFC 7578, RFC 2046 §5.1.
 */
final class Multipart {

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int HEADERS_MAX_BYTES = 8 * 1024;
    private static final int BOUNDARY_MAX = 70;
    private static final int PARTS_MAX = 10_000;
    private static final byte[] LINE_END = {'\r', '\n'};

    private final InputStream in;
    private final byte[] delimiter;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int start;
    private int end;
    /** Where the next delimiter begins, or how far there is none for sure. */
    private int safe;

    private int parts;
    private boolean delimiterFound;
    private boolean ended;
    private @Nullable Part current;

    private Multipart(InputStream in, String boundary) {
        this.in = in;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.UTF_8);
        // So that the first boundary looks like all others.
        System.arraycopy(LINE_END, 0, buffer, 0, LINE_END.length);
        end = LINE_END.length;
    }

    /**
     * Returns the parts of a body.
     *
     * @param contentType the request's header
     * @return empty if that names no boundary
     */
    static Optional<Multipart> of(@Nullable String contentType, InputStream in) {
        if (contentType == null || !contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
            return Optional.empty();
        }
        return Optional.ofNullable(parameters(contentType).get("boundary"))
                .filter(boundary -> !boundary.isEmpty() && boundary.length() <= BOUNDARY_MAX)
                .map(boundary -> new Multipart(in, boundary));
    }

    /**
     * Goes to the next part; the rest of the one before is dropped.
     *
     * @return null if there is none any more
     * @throws IOException if the body breaks off or is not what it says
     */
    @Nullable
    Part next() throws IOException {
        if (ended) {
            return null;
        }
        // The text before the first boundary is dropped like the rest of a part.
        while (skip() >= 0) {
            // Until the delimiter.
        }
        start += delimiter.length;
        delimiterFound = false;
        safe = start;
        var line = line(HEADERS_MAX_BYTES);
        if (line.startsWith("--")) {
            ended = true;
            current = null;
            return null;
        }
        if (!line.isBlank()) {
            throw new IOException("multipart: text behind a boundary (expected: the end of the line)");
        }
        if (++parts > PARTS_MAX) {
            throw new IOException("multipart: more than " + PARTS_MAX + " parts");
        }
        var part = new Part(headers().getOrDefault("content-disposition", ""));
        search(start);
        current = part;
        return part;
    }

    private Map<String, String> headers() throws IOException {
        var headers = new HashMap<String, String>();
        int left = HEADERS_MAX_BYTES;
        for (var line = line(left); !line.isEmpty(); line = line(left)) {
            left -= line.length();
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    /** Reads a line of at most so many bytes, without its end. */
    private String line(int limit) throws IOException {
        for (int i = start; i - start <= limit; i++) {
            if (i >= end) {
                int length = i - start;
                if (!fill()) {
                    throw broken();
                }
                i = start + length;
            }
            if (buffer[i] == '\n' && i > start && buffer[i - 1] == '\r') {
                var line = new String(buffer, start, i - 1 - start, StandardCharsets.UTF_8);
                start = i + 1;
                return line;
            }
        }
        throw new IOException("multipart: headers of more than " + HEADERS_MAX_BYTES + " bytes");
    }

    private int skip() throws IOException {
        int count = available();
        if (count > 0) {
            start += count;
        }
        return count;
    }

    private int read(byte[] target, int offset, int length) throws IOException {
        int available = available();
        if (available < 0) {
            return -1;
        }
        int count = Math.min(available, length);
        System.arraycopy(buffer, start, target, offset, count);
        start += count;
        return count;
    }

    /** Returns how many bytes of the part are here, at least one; -1 at its end. */
    private int available() throws IOException {
        while (start >= safe) {
            if (delimiterFound) {
                return -1;
            }
            int known = Math.max(start, end - delimiter.length + 1) - start;
            if (!fill()) {
                throw broken();
            }
            search(start + known);
        }
        return safe - start;
    }

    /** Looks for the delimiter from a position on, before which there is none. */
    private void search(int from) {
        for (int i = Math.max(from, start); i <= end - delimiter.length; i++) {
            if (matches(i)) {
                safe = i;
                delimiterFound = true;
                return;
            }
        }
        delimiterFound = false;
        safe = Math.max(start, end - delimiter.length + 1);
    }

    private boolean matches(int at) {
        for (int i = 0; i < delimiter.length; i++) {
            if (buffer[at + i] != delimiter[i]) {
                return false;
            }
        }
        return true;
    }

    /** Reads more behind what is here, which moves to the front. */
    private boolean fill() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        safe = Math.max(0, safe - start);
        end -= start;
        start = 0;
        int count = in.read(buffer, end, buffer.length - end);
        if (count < 0) {
            return false;
        }
        end += count;
        return true;
    }

    private static IOException broken() {
        return new IOException("multipart: the body ends within a part (expected: the closing boundary)");
    }

    /** By hand: a regular expression for quoted texts overflows the stack on a long one. */
    private static Map<String, String> parameters(String header) {
        var parameters = new HashMap<String, String>();
        int at = header.indexOf(';');
        while (at >= 0) {
            int equals = header.indexOf('=', at);
            if (equals < 0) {
                break;
            }
            var name = header.substring(header.lastIndexOf(';', equals) + 1, equals)
                    .strip()
                    .toLowerCase(Locale.ROOT);
            int from = equals + 1;
            while (from < header.length() && Character.isWhitespace(header.charAt(from))) {
                from++;
            }
            var value = new StringBuilder();
            at = header.indexOf(';', value(header, from, value));
            parameters.putIfAbsent(name, value.toString());
        }
        return parameters;
    }

    /** Reads a value, quoted or not, and returns where it ends. */
    private static int value(String header, int from, StringBuilder value) {
        boolean quoted = from < header.length() && header.charAt(from) == '"';
        int at = quoted ? from + 1 : from;
        while (at < header.length()) {
            char c = header.charAt(at);
            if (quoted ? c == '"' : c == ';' || Character.isWhitespace(c)) {
                break;
            }
            at += quoted && c == '\\' && at + 1 < header.length() ? 1 : 0;
            value.append(header.charAt(at++));
        }
        return quoted && at < header.length() ? at + 1 : at;
    }

    /** A part, to be read before the next one is asked for. */
    final class Part extends InputStream {

        private final String name;
        private final Optional<String> fileName;

        private Part(String disposition) {
            var parameters = parameters(disposition);
            this.name = parameters.getOrDefault("name", "");
            this.fileName = Optional.ofNullable(parameters.get("filename"));
        }

        /** Returns the name of the field. */
        String name() {
            return name;
        }

        /** Returns the name of the file, as the client wrote it; empty for a plain field. */
        Optional<String> fileName() {
            return fileName;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            if (current != this) {
                throw new IOException("multipart: the part is over (expected: to be read before the next one)");
            }
            return length == 0 ? 0 : Multipart.this.read(target, offset, length);
        }
    }
}
