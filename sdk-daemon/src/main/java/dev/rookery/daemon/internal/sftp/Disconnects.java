package dev.rookery.daemon.internal.sftp;

import java.io.IOException;
import org.apache.sshd.server.session.ServerSession;

/** Ends connections with a reason that clients show. */
final class Disconnects {

    private Disconnects() {}

    static void with(ServerSession session, int code, String reason) {
        try {
            session.disconnect(code, reason);
        } catch (IOException e) {
            session.close(true);
        }
    }
}
