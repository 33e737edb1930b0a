package dev.rookery.daemon.internal.sftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.exception.SshChannelClosedException;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.ChannelSession;
import org.jspecify.annotations.Nullable;

/**
 * What is sent to a client, put together to packets as large as it takes. Waits for a client that does not read, so that never more than a few
 * packets are kept for it. Used by one thread.
 */
final class OutboundBytes implements Answers {

    /** The longest packet. */
    static final int PACKET_MAX = 128 << 10;
    /** Room for the channel's number and the length before the data, as the protocol has them. */
    private static final int HEAD_BYTES = 2 * Integer.BYTES + 1;

    private final ChannelSession channel;
    private final Duration patience;
    private final Deque<IoWriteFuture> inFlight = new ArrayDeque<>();
    private final int inFlightMax;
    private final int packetBytes;
    private byte @Nullable [] waiting;
    private int count;

    /**
     * Creates it.
     *
     * @param patience how long a client may read nothing
     * @param inFlightMax how many packets may be on their way
     */
    OutboundBytes(ChannelSession channel, Duration patience, int inFlightMax) {
        this.channel = channel;
        this.patience = patience;
        this.inFlightMax = inFlightMax;
        this.packetBytes = (int) Math.min(PACKET_MAX, channel.getRemoteWindow().getPacketSize());
    }

    @Override
    public void write(ByteBuffer bytes) throws SendException {
        while (bytes.hasRemaining()) {
            int part = Math.min(bytes.remaining(), packetBytes - count);
            bytes.get(waiting(), count, part);
            count += part;
            if (count == packetBytes) {
                flush();
            }
        }
    }

    /**
     * Sends what was written.
     *
     * @throws SendException if the client cannot be reached any more
     */
    void flush() throws SendException {
        try {
            int sent = 0;
            while (sent < count) {
                sent += send(sent);
            }
            count = 0;
        } catch (IOException e) {
            throw new SendException(e);
        }
    }

    /** Keeps no memory until something is written again. */
    void rest() {
        if (count == 0) {
            waiting = null;
        }
        inFlight.removeIf(IoWriteFuture::isDone);
    }

    private byte[] waiting() {
        var present = waiting;
        if (present == null) {
            present = new byte[packetBytes];
            waiting = present;
        }
        return present;
    }

    private int send(int from) throws IOException {
        int part = takeWindow(count - from);
        if (inFlight.size() >= inFlightMax) {
            await(inFlight.poll());
        }
        Buffer packet = channel.getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_DATA, part + HEAD_BYTES);
        packet.putUInt(channel.getRecipient());
        packet.putUInt(part);
        packet.putRawBytes(waiting(), from, part);
        if (channel.isClosing()) {
            throw new SshChannelClosedException(channel.getChannelId(), "closed");
        }
        inFlight.add(channel.writePacket(packet));
        return part;
    }

    private int takeWindow(int wanted) throws IOException {
        try {
            var window = channel.getRemoteWindow();
            int part = (int) Math.min(wanted, window.waitForSpace(patience));
            window.waitAndConsume(part, patience);
            return part;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void await(@Nullable IoWriteFuture oldest) throws IOException {
        if (oldest != null) {
            oldest.verify(patience);
        }
    }

    /** The client cannot be reached any more. */
    static final class SendException extends IOException {

        private static final long serialVersionUID = 1;

        private SendException(IOException cause) {
            super("the client cannot be reached", cause);
        }
    }
}
