package dev.rookery.daemon.internal.sftp;

import dev.rookery.api.RookeryException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.server.session.ServerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** One connection whose client has logged in. Thread-safe. */
final class LiveSession {

    private static final Logger LOG = LoggerFactory.getLogger(LiveSession.class);
    /** So soon the panel is asked again that could not be asked. */
    private static final Duration RETRY = Duration.ofSeconds(30);

    private final ServerSession session;
    private final SftpAccess access;
    private final Logins logins;
    private final AtomicBoolean ended = new AtomicBoolean();

    // Guarded by this.
    private Instant askedAt;
    private Instant recheckAt;
    private boolean asking;
    private boolean again;

    /** Creates it for a client that has just logged in. */
    LiveSession(ServerSession session, SftpAccess access, Logins logins) {
        this.session = session;
        this.access = access;
        this.logins = logins;
        this.askedAt = logins.now();
        this.recheckAt = askedAt.plus(logins.recheckInterval());
    }

    SftpAccess access() {
        return access;
    }

    /** Returns whether the panel has to be asked again; also where the clock was set back since it was asked. */
    synchronized boolean due(Instant now) {
        return !now.isBefore(recheckAt) || now.isBefore(askedAt);
    }

    /** Ends it: from now on nothing is done any more, and the client is told. */
    void end(String reason) {
        access.end(reason);
        if (ended.compareAndSet(false, true) && !session.isClosing()) {
            logins.log()
                    .line(
                            LOG,
                            Level.INFO,
                            access.authority().user().toString(),
                            "SFTP session of {} ends: {}",
                            access.login().username(),
                            reason);
            Disconnects.with(session, SshConstants.SSH2_DISCONNECT_BY_APPLICATION, reason);
        }
    }

    /**
     * Asks the panel again, in the background; once more, if it is being asked already, since that answer may be older than what has changed. A panel that
     * cannot be asked changes nothing: it is asked again later.
     */
    void recheck() {
        synchronized (this) {
            if (asking) {
                again = true;
                return;
            }
            asking = true;
            asked(logins.recheckInterval());
        }
        logins.askAgain(access, new PanelQueue.Task() {
            @Override
            public void ask() {
                try {
                    look();
                } finally {
                    answered();
                }
            }

            @Override
            public void refuse() {
                later();
                answered();
            }
        });
    }

    private void look() {
        if (ended.get() || session.isClosing()) {
            return;
        }
        try {
            if (!logins.same(access)) {
                end("what you may do on this server has changed; log in again");
            }
        } catch (RookeryException e) {
            if (Logins.refused(e)) {
                // Whoever has logged in by the same secret need not ask, which panels count as failures.
                logins.endAll(access.login(), "your access to this server was taken back");
            } else {
                later();
                LOG.debug("the panel cannot be asked again about {}", access.authority(), e);
            }
        }
    }

    private void answered() {
        boolean repeat;
        synchronized (this) {
            asking = false;
            repeat = again;
            again = false;
        }
        if (repeat && !session.isClosing()) {
            recheck();
        }
    }

    private synchronized void later() {
        var usual = logins.recheckInterval();
        asked(usual.compareTo(RETRY) < 0 ? usual : RETRY);
    }

    private synchronized void asked(Duration next) {
        askedAt = logins.now();
        recheckAt = askedAt.plus(next);
    }
}
