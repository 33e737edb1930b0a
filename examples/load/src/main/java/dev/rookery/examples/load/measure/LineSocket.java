package dev.rookery.examples.load.measure;

import dev.rookery.api.UnavailableException;
import dev.rookery.api.dialect.ConsoleFrames;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A console socket that only looks at the numbers in what it gets: as little work as possible, so that the node is measured and not this.
 * For one thread.
 */
final class LineSocket {

    private static final int FIRST_BUFFER = 64 * 1024;
    private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};
    private static final int TEXT = 0x1;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xa;
    private static final int MEDIUM = 126;
    private static final int LONG = 127;
    private static final byte[] GAP = ConsoleFrames.GAP.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AUTHENTICATED = "auth success".getBytes(StandardCharsets.US_ASCII);

    private final SocketChannel channel;
    private final Lines lines;
    private final byte[][] greeting;
    private ByteBuffer buffer = ByteBuffer.allocate(FIRST_BUFFER);
    private boolean upgraded;
    private volatile boolean authenticated;
    private volatile boolean ended;
    private @Nullable SelectionKey key;

    /** What was seen of the lines, by the thread of the sockets. */
    interface Lines {
        /** A line of the feed. */
        void line(long number, long nanos);

        /** The node said that lines are missing here. */
        void gap();
    }

    private LineSocket(SocketChannel channel, Lines lines, byte[][] greeting) {
        this.channel = channel;
        this.lines = lines;
        this.greeting = greeting;
    }

    /**
     * Connects and asks for the upgrade.
     *
     * @param token opens the console
     * @param origin the panel's URL
     * @param resumeAfter begin after this line, -1 for now
     */
    static LineSocket open(URI node, String server, String token, String origin, Lines lines, long resumeAfter)
            throws IOException {
        var channel = SocketChannel.open(new InetSocketAddress(node.getHost(), node.getPort()));
        var request = "GET /api/servers/" + server + "/ws HTTP/1.1\r\nHost: " + node.getHost() + ":" + node.getPort()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: " + origin + "\r\n\r\n";
        var wire = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
        while (wire.hasRemaining()) {
            channel.write(wire);
        }
        channel.configureBlocking(false);
        var auth = frame(new ConsoleFrames.Frame(ConsoleFrames.AUTH, List.of(token)));
        var greeting = resumeAfter < 0
                ? new byte[][] {auth}
                : new byte[][] {
                    frame(new ConsoleFrames.Frame(ConsoleFrames.RESUME, List.of(Long.toString(resumeAfter)))), auth
                };
        return new LineSocket(channel, lines, greeting);
    }

    SocketChannel channel() {
        return channel;
    }

    void key(SelectionKey registered) {
        key = registered;
    }

    boolean authenticated() {
        return authenticated;
    }

    boolean ended() {
        return ended;
    }

    /** Stops to read; what comes stays in the kernel until that is full. */
    void stall(boolean stalled) {
        if (key != null && key.isValid()) {
            key.interestOps(stalled ? 0 : SelectionKey.OP_READ);
            key.selector().wakeup();
        }
    }

    void close() throws IOException {
        ended = true;
        channel.close();
    }

    /** Takes what has arrived. */
    void read() throws IOException {
        int count;
        try {
            count = channel.read(buffer);
        } catch (IOException e) {
            ended = true;
            throw e;
        }
        if (count < 0) {
            ended = true;
            channel.close();
            return;
        }
        buffer.flip();
        if (upgraded || takeHead()) {
            boolean whole = true;
            while (whole) {
                whole = takeFrame();
            }
        }
        buffer.compact();
        if (!buffer.hasRemaining()) {
            var larger = ByteBuffer.allocate(buffer.capacity() * 2);
            buffer.flip();
            buffer = larger.put(buffer);
        }
    }

    private boolean takeHead() throws IOException {
        int end = find(buffer.array(), buffer.position(), buffer.limit(), HEAD_END);
        if (end < 0) {
            return false;
        }
        var head = new String(buffer.array(), buffer.position(), end - buffer.position(), StandardCharsets.US_ASCII);
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new UnavailableException(
                    "the node opens no console: " + head.lines().findFirst().orElse(""));
        }
        buffer.position(end + HEAD_END.length);
        upgraded = true;
        for (var frame : greeting) {
            write(frame);
        }
        return true;
    }

    private boolean takeFrame() throws IOException {
        int left = buffer.remaining();
        if (left < 2) {
            return false;
        }
        int at = buffer.position();
        int opcode = buffer.get(at) & 0xf;
        int code = buffer.get(at + 1) & 0x7f;
        int head = code == LONG ? 10 : code == MEDIUM ? 4 : 2;
        if (left < head) {
            return false;
        }
        long length = code == LONG ? buffer.getLong(at + 2) : code == MEDIUM ? buffer.getShort(at + 2) & 0xffff : code;
        if (left < head + length) {
            return false;
        }
        take(opcode, at + head, at + head + (int) length);
        buffer.position(at + head + (int) length);
        return true;
    }

    private void take(int opcode, int from, int to) throws IOException {
        switch (opcode) {
            case TEXT -> text(from, to);
            case PING -> write(masked(PONG, Arrays.copyOfRange(buffer.array(), from, to)));
            case CLOSE -> close();
            default -> {
                // Pongs and what else there may be mean nothing here.
            }
        }
    }

    private void text(int from, int to) {
        var bytes = buffer.array();
        for (int i = from; i < to; i++) {
            if (bytes[i] == Feed.BEGIN) {
                long number = digits(bytes, i + 1, Feed.NUMBER_DIGITS, to);
                long nanos = digits(bytes, i + 2 + Feed.NUMBER_DIGITS, Feed.NANOS_DIGITS, to);
                if (number >= 0 && nanos >= 0) {
                    lines.line(number, nanos);
                    return;
                }
            }
        }
        if (find(bytes, from, to, GAP) >= 0) {
            lines.gap();
        }
        if (!authenticated) {
            authenticated = find(bytes, from, to, AUTHENTICATED) >= 0;
        }
    }

    private static long digits(byte[] bytes, int from, int count, int to) {
        if (from + count > to) {
            return -1;
        }
        long number = 0;
        for (int i = from; i < from + count; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static int find(byte[] bytes, int from, int to, byte[] wanted) {
        for (int i = from; i <= to - wanted.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }

    private void write(byte[] frame) throws IOException {
        var wire = ByteBuffer.wrap(frame);
        // Small, and nothing else is under way: the kernel takes it at once.
        while (wire.hasRemaining()) {
            channel.write(wire);
        }
    }

    private static byte[] frame(ConsoleFrames.Frame frame) {
        return masked(TEXT, ConsoleFrames.write(frame).getBytes(StandardCharsets.UTF_8));
    }

    /** Clients mask; with a mask of zeros the text stays as it is. */
    private static byte[] masked(int opcode, byte[] payload) {
        var wire = ByteBuffer.allocate(payload.length + 8).put((byte) (0x80 | opcode));
        if (payload.length < MEDIUM) {
            wire.put((byte) (0x80 | payload.length));
        } else {
            wire.put((byte) (0x80 | MEDIUM)).putShort((short) payload.length);
        }
        wire.putInt(0).put(payload).flip();
        return Arrays.copyOf(wire.array(), wire.limit());
    }
}
