package dev.rookery.daemon.internal.sftp;

import java.io.IOException;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.ChannelSession;

/** A channel on which nothing but a subsystem can be asked for. Variables, terminals and the like are refused before they are kept. */
final class SftpChannel extends ChannelSession {

    private static final String SUBSYSTEM = "subsystem";

    @Override
    protected RequestHandler.Result handleInternalRequest(String request, boolean wantReply, Buffer buffer)
            throws IOException {
        return request.equals(SUBSYSTEM)
                ? super.handleInternalRequest(request, wantReply, buffer)
                : RequestHandler.Result.ReplyFailure;
    }

    /** Makes such channels. */
    static final class Factory implements ChannelFactory {

        @Override
        public String getName() {
            return "session";
        }

        @Override
        public Channel createChannel(Session session) {
            return new SftpChannel();
        }
    }
}
