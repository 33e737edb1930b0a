package dev.rookery.daemon.internal.sftp;

import dev.rookery.api.RookeryException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.server.session.ServerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection whose client has logged in. Thread-safe. */
final class LiveSession {

    private static final Logger LOG = LoggerFactory.getLogger(LiveSession.class);

    private final ServerSession session;
    private final SftpAccess access;
    private final Logins logins;
    private final Duration interval;
    private final AtomicBoolean asking = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile Instant recheckAt;

    /**
     * Creates it.
     *
     * @param interval how often the panel is asked again
     * @param now the time of the log-in
     */
    LiveSession(ServerSession session, SftpAccess access, Logins logins, Duration interval, Instant now) {
        this.session = session;
        this.access = access;
        this.logins = logins;
        this.interval = interval;
        this.recheckAt = now.plus(interval);
    }

    SftpAccess access() {
        return access;
    }

    Instant recheckAt() {
        return recheckAt;
    }

    /** Ends it: from now on nothing is done any more, and the client is told. */
    void end(String reason) {
        access.end(reason);
        if (ended.compareAndSet(false, true)) {
            LOG.info("SFTP session of {} ends: {}", access.login().username(), reason);
            Disconnects.with(session, SshConstants.SSH2_DISCONNECT_BY_APPLICATION, reason);
        }
    }

    /** Asks the panel again, in the background. A panel that cannot be asked changes nothing: it is asked again later. */
    void recheck() {
        if (!asking.compareAndSet(false, true)) {
            return;
        }
        recheckAt = recheckAt.plus(interval);
        boolean begun = logins.inBackground(() -> {
            try {
                if (!logins.same(access)) {
                    end("what you may do on this server has changed; log in again");
                }
            } catch (RookeryException e) {
                if (Logins.refused(e)) {
                    end("your access to this server was taken back");
                } else {
                    LOG.debug("the panel cannot be asked again about {}", access.login(), e);
                }
            } finally {
                asking.set(false);
            }
        });
        if (!begun) {
            asking.set(false);
        }
    }
}
