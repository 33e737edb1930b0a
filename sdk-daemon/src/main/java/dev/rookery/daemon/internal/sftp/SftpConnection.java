package dev.rookery.daemon.internal.sftp;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.ServerFactoryManager;
import org.apache.sshd.server.session.ServerSessionImpl;
import org.apache.sshd.server.session.SessionFactory;

/**
 * One connection, which ends if its client lets answers pile up. Many messages are answered by the thread of the network, which never waits: without an
 * end to that, who asks and does not read takes all memory. Files go by channels, whose threads wait for the client. Thread-safe.
 */
final class SftpConnection extends ServerSessionImpl {

    /** How many answers may wait for the client. */
    static final int UNREAD_MAX = 512;

    private final AtomicInteger unread = new AtomicInteger();

    private SftpConnection(ServerFactoryManager server, IoSession session) throws Exception {
        super(server, session);
    }

    @Override
    public IoWriteFuture writePacket(Buffer packet) throws IOException {
        int type = packet.array()[packet.rpos()] & 0xff;
        var sent = super.writePacket(packet);
        if (type != SshConstants.SSH_MSG_CHANNEL_DATA && !sent.isDone()) {
            if (unread.incrementAndGet() > UNREAD_MAX) {
                close(true);
            }
            sent.addListener(done -> unread.decrementAndGet());
        }
        return sent;
    }

    /** Makes such connections. */
    static final class Factory extends SessionFactory {

        Factory(ServerFactoryManager server) {
            super(server);
        }

        @Override
        protected ServerSessionImpl doCreateSession(IoSession session) throws Exception {
            return new SftpConnection(getServer(), session);
        }
    }
}
