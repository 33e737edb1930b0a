package dev.rookery.daemon.internal.sftp;

import dev.rookery.api.ServerId;
import dev.rookery.api.node.Deauthorization;
import dev.rookery.api.panel.SftpLogin;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The SFTP sessions of a node that somebody has logged in to. Thread-safe. */
public final class SftpSessions {

    /** What is remembered for log-ins that are on their way. */
    private static final int REVOCATIONS_MAX = 256;

    private final Set<LiveSession> open = ConcurrentHashMap.newKeySet();
    // Guarded by this.
    private final Deque<Deauthorization> revocations = new ArrayDeque<>();
    // Guarded by this: how many there ever were.
    private long revocation;
    // Guarded by this: how often the panel was to be asked again because something may have changed.
    private long recheck;

    /** Creates the register of a node that nobody has logged in to. */
    public SftpSessions() {}

    /** Ends the sessions of a user, on the given servers or, where none is given, on all. */
    public void end(Deauthorization request) {
        remember(request);
        for (var session : open) {
            if (meant(request, session.access())) {
                session.end("your access to this server was taken back");
            }
        }
    }

    private synchronized void remember(Deauthorization request) {
        revocation++;
        revocations.addLast(request);
        if (revocations.size() > REVOCATIONS_MAX) {
            revocations.removeFirst();
        }
    }

    /**
     * What had happened before the panel was asked for an authority.
     *
     * @param revocation how often authority had been taken back
     * @param recheck how often the panel was to be asked again
     */
    record Revision(long revocation, long recheck) {}

    /** Returns what has happened so far; to be asked before the panel is. */
    synchronized Revision revision() {
        return new Revision(revocation, recheck);
    }

    /** Returns whether something may have changed since the panel was asked, so that it has to be asked again. */
    synchronized boolean stale(SftpAccess access) {
        return recheck != access.revision().recheck();
    }

    private static boolean meant(Deauthorization request, SftpAccess access) {
        var authority = access.authority();
        return authority.user().equals(request.user())
                && (request.servers().isEmpty() || request.servers().contains(authority.server()));
    }

    /** Returns whether authority was taken back while the panel was asked for it, or may have been. */
    private boolean outdated(SftpAccess access) {
        long newer = revocation - access.revision().revocation();
        if (newer > revocations.size()) {
            return true;
        }
        var latest = revocations.descendingIterator();
        for (long i = 0; i < newer; i++) {
            if (meant(latest.next(), access)) {
                return true;
            }
        }
        return false;
    }

    /** Asks the panel again, in the background, whether those may stay who have logged in to a server. */
    public void recheck(ServerId server) {
        synchronized (this) {
            // Who is about to log in has asked before.
            recheck++;
        }
        for (var session : open) {
            if (session.access().authority().server().equals(server)) {
                session.recheck();
            }
        }
    }

    /** Ends the sessions of servers that nobody may come to now, and asks the panel again about those who have been there for long. */
    void look(Instant now) {
        for (var session : open) {
            session.access().refusal().ifPresent(session::end);
            if (session.due(now)) {
                session.recheck();
            }
        }
    }

    /** Takes a session in, unless there are too many, or its authority was taken back meanwhile. */
    synchronized boolean add(LiveSession session, int most, int mostOfUser) {
        var authority = session.access().authority();
        long ofUser = open.stream()
                .filter(other -> other.access().authority().user().equals(authority.user()))
                .count();
        return !outdated(session.access()) && open.size() < most && ofUser < mostOfUser && open.add(session);
    }

    /** Ends the sessions of all who have logged in by the same secret. */
    void end(SftpLogin login, String reason) {
        for (var session : open) {
            var other = session.access().login();
            if (other.username().equals(login.username())
                    && other.method().equals(login.method())
                    && other.secret().equals(login.secret())) {
                session.end(reason);
            }
        }
    }

    void remove(LiveSession session) {
        open.remove(session);
    }

    /** Returns the sessions that are open; a copy. */
    List<LiveSession> all() {
        return List.copyOf(open);
    }
}
