package dev.rookery.daemon.internal.sftp;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.server.session.ServerSession;

/**
 * A question to the panel that a client waits for. There is one at a time: who does not wait for the answer is disconnected, since else one
 * connection could ask as much as it likes, and it would be open which try an answer belongs to.
 */
final class Question {

    private static final AttributeKey<State> STATE = new AttributeKey<>();
    /** How often one connection may ask. */
    private static final int MAX = 6;

    private final State state;

    private static final class State {

        private final AtomicBoolean asking = new AtomicBoolean();
        private final AtomicInteger asked = new AtomicInteger();
    }

    private Question(State state) {
        this.state = state;
    }

    /**
     * Begins one.
     *
     * @throws IllegalStateException if there is one already, or there were too many; the connection ends
     */
    static Question begin(ServerSession session) {
        var state = session.computeAttributeIfAbsent(STATE, key -> new State());
        if (!state.asking.compareAndSet(false, true)) {
            throw ended(session, "another log-in before the answer to the last one");
        }
        if (state.asked.incrementAndGet() > MAX) {
            throw ended(session, "too many log-ins that failed");
        }
        return new Question(state);
    }

    private static IllegalStateException ended(ServerSession session, String reason) {
        Disconnects.with(session, SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE, reason);
        return new IllegalStateException(reason);
    }

    void end() {
        state.asking.set(false);
    }
}
