package dev.rookery.examples.load.measure;

import dev.rookery.api.UnavailableException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Asks the same question over some connections, each again as soon as it is answered. For one thread. */
final class HttpLoad implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;
    private static final String HEAD_END = "\r\n\r\n";
    private static final String LENGTH = "content-length:";
    private static final long SELECT_MILLIS = 1000;
    private static final long PATIENCE_SECONDS = 30;

    private final Selector selector;
    private final List<Connection> connections = new ArrayList<>();
    private final byte[] question;

    private HttpLoad(Selector selector, String question) {
        this.selector = selector;
        this.question = question.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Opens the connections.
     *
     * @param question the whole request, for connections that stay
     */
    static HttpLoad open(int port, int connections, String question) throws IOException {
        var load = new HttpLoad(Selector.open(), question);
        try {
            for (int i = 0; i < connections; i++) {
                load.connections.add(new Connection(load, port));
            }
            return load;
        } catch (IOException e) {
            load.close();
            throw e;
        }
    }

    /**
     * Asks for a while.
     *
     * @param latencies takes how long each answer took, in microseconds
     * @return answers a second
     */
    double run(long millis, Histogram latencies) throws IOException {
        long begin = System.nanoTime();
        long end = begin + TimeUnit.MILLISECONDS.toNanos(millis);
        long answers = 0;
        int waiting = 0;
        for (var connection : connections) {
            connection.ask();
            waiting++;
        }
        while (waiting > 0) {
            if (selector.select(SELECT_MILLIS) == 0
                    && System.nanoTime() - end > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                throw new UnavailableException(waiting + " requests were not answered");
            }
            for (var key : selector.selectedKeys()) {
                var connection = (Connection) key.attachment();
                if (connection.answered(latencies)) {
                    answers++;
                    if (System.nanoTime() < end) {
                        connection.ask();
                    } else {
                        waiting--;
                    }
                }
            }
            selector.selectedKeys().clear();
        }
        return answers * (double) TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - begin);
    }

    /** Asks once and returns the answer as it came. */
    static byte[] once(int port, String question) throws IOException {
        try (var load = open(port, 1, question)) {
            load.run(0, new Histogram());
            return load.connections.get(0).last();
        }
    }

    @Override
    public void close() throws IOException {
        for (var connection : connections) {
            connection.channel.close();
        }
        selector.close();
    }

    private static final class Connection {

        private final HttpLoad load;
        private final SocketChannel channel;
        private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        private long asked;
        /** The size of the whole answer, -1 while its head is not whole. */
        private int size = -1;

        Connection(HttpLoad load, int port) throws IOException {
            this.load = load;
            this.channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            channel.configureBlocking(false);
            channel.register(load.selector, SelectionKey.OP_READ, this);
        }

        void ask() throws IOException {
            buffer.clear();
            size = -1;
            asked = System.nanoTime();
            var wire = ByteBuffer.wrap(load.question);
            while (wire.hasRemaining()) {
                channel.write(wire);
            }
        }

        boolean answered(Histogram latencies) throws IOException {
            if (channel.read(buffer) < 0 || !buffer.hasRemaining()) {
                throw new UnavailableException("a connection ended, or an answer is larger than " + BUFFER + " bytes");
            }
            if (size < 0) {
                size = sizeOfAnswer();
            }
            if (size < 0 || buffer.position() < size) {
                return false;
            }
            latencies.add((System.nanoTime() - asked) / 1000);
            return true;
        }

        byte[] last() {
            return Arrays.copyOf(buffer.array(), buffer.position());
        }

        private int sizeOfAnswer() {
            var text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
            int end = text.indexOf(HEAD_END);
            if (end < 0) {
                return -1;
            }
            if (!text.startsWith("HTTP/1.1 200")) {
                throw new UnavailableException(
                        "answered with " + text.lines().findFirst().orElse(""));
            }
            var lower = text.substring(0, end).toLowerCase(Locale.ROOT);
            int at = lower.indexOf(LENGTH);
            if (at < 0) {
                throw new UnavailableException("an answer does not say how long it is");
            }
            var value =
                    lower.substring(at + LENGTH.length()).lines().findFirst().orElse("");
            return end + HEAD_END.length() + Integer.parseInt(value.strip());
        }
    }
}
