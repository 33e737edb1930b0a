package dev.rookery.wings.internal;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Sink;
import okio.Socket;
import okio.Source;

/**
 * Bounds what one message of a node may cost, which OkHttp does not: it would collect a message of any length in memory. Reads along with
 * the frame headers (RFC 6455 §5.2) and breaks the connection at a message that is too long, before it has come. Compression is
 * not offered to the node, because a small frame could unfold to any length.
 */
final class FrameGuard implements Interceptor {

    /** The longest message, many times the 64 KiB at which Wings splits its lines, escapes included. Source: node API §4.6. */
    static final long MESSAGE_BYTES_MAX = 1024 * 1024;

    /** A message was longer than {@link #MESSAGE_BYTES_MAX}. */
    static final class TooLongException extends IOException {

        private static final long serialVersionUID = 1L;

        TooLongException(long bytes) {
            super("a message of " + bytes + " bytes (expected: at most " + MESSAGE_BYTES_MAX + ")");
        }
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        var request = chain.request()
                .newBuilder()
                .removeHeader("Sec-WebSocket-Extensions")
                .build();
        var response = chain.proceed(request);
        var socket = response.socket();
        return socket == null
                ? response
                : response.newBuilder().socket(new GuardedSocket(socket)).build();
    }

    private static final class GuardedSocket implements Socket {

        private final Socket socket;
        private final Source source;

        GuardedSocket(Socket socket) {
            this.socket = socket;
            this.source = new FrameSource(socket.getSource());
        }

        @Override
        public Source getSource() {
            return source;
        }

        @Override
        public Sink getSink() {
            return socket.getSink();
        }

        @Override
        public void cancel() {
            socket.cancel();
        }
    }

    /** Follows the frames in the bytes that are read. */
    static final class FrameSource extends ForwardingSource {

        private static final int FIN = 0x80;
        private static final int CONTROL = 0x08;
        private static final int LENGTH = 0x7f;
        private static final int MASKED = 0x80;
        private static final int LENGTH_IN_2 = 126;
        private static final int LENGTH_IN_8 = 127;
        private static final int MASK_BYTES = 4;

        private int headerBytes;
        private int headerLength = 2;
        private boolean fin;
        private boolean control;
        private int masked;
        private long payload;
        /** How many bytes of the present frame's payload are still to come. */
        private long left;
        /** How many bytes the frames of the present message had so far. */
        private long message;

        FrameSource(Source source) {
            super(source);
        }

        @Override
        public long read(Buffer sink, long byteCount) throws IOException {
            long at = sink.size();
            long read = super.read(sink, byteCount);
            long end = sink.size();
            while (at < end) {
                if (left > 0) {
                    long step = Math.min(left, end - at);
                    left -= step;
                    at += step;
                } else {
                    header(sink.getByte(at) & 0xff);
                    at++;
                }
            }
            return read;
        }

        private void header(int value) throws IOException {
            headerBytes++;
            if (headerBytes == 1) {
                fin = (value & FIN) != 0;
                control = (value & CONTROL) != 0;
            } else if (headerBytes == 2) {
                masked = (value & MASKED) != 0 ? MASK_BYTES : 0;
                int length = value & LENGTH;
                payload = length < LENGTH_IN_2 ? length : 0;
                headerLength = 2 + masked + (length == LENGTH_IN_2 ? 2 : length == LENGTH_IN_8 ? 8 : 0);
            } else if (headerBytes <= headerLength - masked) {
                payload = (payload << 8) | value;
            }
            if (headerBytes >= 2 && headerBytes == headerLength) {
                endHeader();
            }
        }

        private void endHeader() throws IOException {
            headerBytes = 0;
            left = payload;
            if (control) {
                return;
            }
            // A length whose first bit is set is refused by OkHttp itself.
            message = payload < 0 ? payload : message + payload;
            if (message < 0 || message > MESSAGE_BYTES_MAX) {
                throw new TooLongException(message);
            }
            if (fin) {
                message = 0;
            }
        }
    }
}
