package dev.rookery.daemon.internal.http;

import dev.rookery.api.Content;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.LinkedHashMap;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A part of a file, as a client asks for it that goes on with a download. Not thread-safe. Source: RFC 9110 §13.1.5 and §14.
 *
 * @param whole closed with this
 * @param channel the file
 * @param from its first byte
 * @param count how many bytes it is
 */
record FilePart(Content whole, FileChannel channel, long from, long count) implements Content {

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /**
     * Returns what to answer to a request for a file: the whole, the part that was asked for, or that there is none such. Several parts at once
     * are not made; the whole is given then, as the standard allows.
     *
     * @param response with the whole file
     */
    static Response of(Response response, HttpHeaders asked) throws IOException {
        var content = response.content();
        if (content == null || content.file().isEmpty() || content.sizeBytes().isEmpty()) {
            return response;
        }
        long size = content.sizeBytes().getAsLong();
        var whole = response.header("Accept-Ranges", "bytes");
        if (content.validator().isPresent()) {
            whole = whole.header("ETag", tag(content));
        }
        var range = RANGE.matcher(asked.get(HttpHeaderNames.RANGE, ""));
        if (!range.matches() || !sameAsBefore(content, asked)) {
            return whole;
        }
        long[] bounds = bounds(range.group(1), range.group(2), size);
        if (bounds.length == 0) {
            return whole;
        }
        if (bounds[0] >= size || bounds[1] < bounds[0]) {
            content.close();
            return Response.error(416, "The file has " + size + " bytes.").header("Content-Range", "bytes */" + size);
        }
        var part = new FilePart(content, content.file().get(), bounds[0], bounds[1] - bounds[0] + 1);
        var headers = new LinkedHashMap<>(whole.headers());
        headers.put("Content-Range", "bytes " + bounds[0] + "-" + bounds[1] + "/" + size);
        return new Response(206, headers, response.bytes(), part);
    }

    private static boolean sameAsBefore(Content content, HttpHeaders asked) {
        var condition = asked.get(HttpHeaderNames.IF_RANGE);
        // A date tells too little.
        return condition == null || (content.validator().isPresent() && condition.equals(tag(content)));
    }

    private static String tag(Content content) {
        return '"' + content.validator().orElseThrow() + '"';
    }

    /** Returns the first and the last byte; nothing if no range is asked for. */
    private static long[] bounds(String first, String last, long size) {
        if (first.isEmpty()) {
            return last.isEmpty() ? new long[0] : new long[] {suffix(Long.parseLong(last), size), size - 1};
        }
        long from = Long.parseLong(first);
        long to = last.isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(last));
        return !last.isEmpty() && Long.parseLong(last) < from ? new long[0] : new long[] {from, to};
    }

    private static long suffix(long length, long size) {
        return length == 0 ? size : Math.max(0, size - length);
    }

    @Override
    public OptionalLong sizeBytes() {
        return OptionalLong.of(count);
    }

    @Override
    public InputStream stream() throws IOException {
        return Channels.newInputStream(channel.position(from));
    }

    @Override
    public void close() throws IOException {
        whole.close();
    }
}
