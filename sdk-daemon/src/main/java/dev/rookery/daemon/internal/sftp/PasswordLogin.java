package dev.rookery.daemon.internal.sftp;

import org.apache.sshd.server.auth.AsyncAuthException;
import org.apache.sshd.server.auth.password.PasswordAuthenticator;
import org.apache.sshd.server.session.ServerSession;

/** Log-ins by password. Thread-safe. */
final class PasswordLogin implements PasswordAuthenticator {

    private final Logins logins;

    PasswordLogin(Logins logins) {
        this.logins = logins;
    }

    @Override
    public boolean authenticate(String username, String password, ServerSession session) {
        var question = Question.begin(session);
        var later = new AsyncAuthException();
        logins.askInTurn(session, new PanelQueue.Task() {
            @Override
            public void ask() {
                boolean may = false;
                try {
                    may = logins.byPassword(session, username, password)
                            .filter(access -> logins.enter(session, access))
                            .isPresent();
                } finally {
                    answer(may);
                }
            }

            @Override
            public void refuse() {
                answer(false);
            }

            private void answer(boolean may) {
                question.end();
                later.setAuthed(may);
            }
        });
        throw later;
    }
}
