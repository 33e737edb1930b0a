package dev.rookery.wings.internal;

import java.io.IOException;
import java.io.InputStream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** Request bodies. All are sent at most once: what may have reached the peer is never repeated by the HTTP library. */
final class Bodies {

    private static final MediaType JSON = MediaType.get("application/json");
    private static final MediaType BYTES = MediaType.get("application/octet-stream");
    private static final int CHUNK = 64 * 1024;

    private Bodies() {}

    static RequestBody empty() {
        return new BytesBody(null, new byte[0]);
    }

    static RequestBody json(byte[] json) {
        return new BytesBody(JSON, json);
    }

    /** Returns a body of exactly {@code size} bytes out of {@code stream}, which is not closed. */
    static RequestBody stream(InputStream stream, long size) {
        return new StreamBody(stream, size);
    }

    /** Whether a body of ours can be sent again: it is held in memory. */
    static boolean repeatable(RequestBody body) {
        return body instanceof BytesBody;
    }

    /** Says that the content to send failed, not the connection. */
    static final class SourceException extends IOException {

        private static final long serialVersionUID = 1L;

        SourceException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    private static final class BytesBody extends RequestBody {

        private final @Nullable MediaType type;
        private final byte[] bytes;

        BytesBody(@Nullable MediaType type, byte[] bytes) {
            this.type = type;
            this.bytes = bytes;
        }

        @Override
        public @Nullable MediaType contentType() {
            return type;
        }

        @Override
        public long contentLength() {
            return bytes.length;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.write(bytes);
        }
    }

    private static final class StreamBody extends RequestBody {

        private final InputStream stream;
        private final long size;

        StreamBody(InputStream stream, long size) {
            this.stream = stream;
            this.size = size;
        }

        @Override
        public MediaType contentType() {
            return BYTES;
        }

        @Override
        public long contentLength() {
            return size;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            byte[] chunk = new byte[CHUNK];
            long left = size;
            while (left > 0) {
                int count = read(chunk, (int) Math.min(chunk.length, left));
                if (count < 0) {
                    throw new SourceException(
                            "content ended after " + (size - left) + " bytes (expected: " + size + ")", null);
                }
                sink.write(chunk, 0, count);
                left -= count;
            }
        }

        private int read(byte[] chunk, int length) throws SourceException {
            try {
                return stream.read(chunk, 0, length);
            } catch (IOException e) {
                throw new SourceException("content cannot be read: " + e.getMessage(), e);
            }
        }
    }
}
