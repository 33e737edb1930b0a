package dev.rookery.daemon.internal.sftp;

import java.io.IOException;
import java.util.Objects;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.channel.ChannelSession;
import org.jspecify.annotations.Nullable;

/**
 * A channel on which nothing but a subsystem can be asked for. Variables, terminals and the like are refused before they are kept; so is the channel itself
 * if its user has too many. How much may be sent on it depends on what is left of its user's part.
 */
final class SftpChannel extends ChannelSession {

    private static final String SUBSYSTEM = "subsystem";

    private final Budgets budgets;
    private volatile @Nullable ChannelShare share;

    SftpChannel(Budgets budgets) {
        this.budgets = budgets;
    }

    /** Returns what it has of its user's part. */
    ChannelShare share() {
        return Objects.requireNonNull(share, "not open");
    }

    @Override
    public OpenFuture open(long recipient, long windowSize, long packetSize, Buffer buffer) {
        var session = getSession();
        var user = Objects.requireNonNull(session.getAttribute(SftpServer.ACCESS), "nobody has logged in")
                .authority()
                .user();
        var taken = ChannelShare.take(budgets, session, user);
        if (taken.isEmpty()) {
            return refused(recipient);
        }
        var own = taken.get();
        share = own;
        addCloseFutureListener(closed -> own.release());
        CoreModuleProperties.WINDOW_SIZE.set(this, (long) own.windowBytes());
        return super.open(recipient, windowSize, packetSize, buffer);
    }

    private OpenFuture refused(long recipient) {
        var answer = new DefaultOpenFuture(this, this);
        answer.setException(
                new SshChannelOpenException(recipient, SshConstants.SSH_OPEN_RESOURCE_SHORTAGE, "too many channels"));
        close(true);
        return answer;
    }

    @Override
    protected RequestHandler.Result handleInternalRequest(String request, boolean wantReply, Buffer buffer)
            throws IOException {
        return request.equals(SUBSYSTEM)
                ? super.handleInternalRequest(request, wantReply, buffer)
                : RequestHandler.Result.ReplyFailure;
    }

    /**
     * Makes such channels.
     *
     * @param budgets what they may take
     */
    record Factory(Budgets budgets) implements ChannelFactory {

        @Override
        public String getName() {
            return "session";
        }

        @Override
        public Channel createChannel(Session session) {
            return new SftpChannel(budgets);
        }
    }
}
