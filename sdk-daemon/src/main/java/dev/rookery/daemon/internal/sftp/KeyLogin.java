package dev.rookery.daemon.internal.sftp;

import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKey;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.server.session.ServerUserAuthService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Log-ins by public key. A client offers its keys first, and signs with one that is taken; the panel is asked once for each key of a connection,
 * whose answer is remembered for the signature; the packet waits for it and is then looked at again. Nobody has logged in before the signature is verified. Used by one connection.
 */
final class KeyLogin extends UserAuthPublicKey {

    private static final Logger LOG = LoggerFactory.getLogger(KeyLogin.class);
    private static final AttributeKey<Map<String, Optional<SftpAccess>>> ANSWERS = new AttributeKey<>();
    private static final int RSA_BITS_MIN = 2048;

    private final Logins logins;

    private KeyLogin(Logins logins) {
        this.logins = logins;
    }

    /** Returns what makes one for each try. */
    static UserAuthPublicKeyFactory factory(Logins logins) {
        return new UserAuthPublicKeyFactory() {
            @Override
            public UserAuthPublicKey createUserAuth(ServerSession session) {
                return new KeyLogin(logins);
            }
        };
    }

    /** Says to the verification of the signature what the panel has said. */
    static boolean taken(PublicKey key, ServerSession session) {
        return answer(session, key).filter(Optional::isPresent).isPresent();
    }

    @Override
    public @Nullable Boolean doAuth(Buffer buffer, boolean init) throws Exception {
        var session = getServerSession();
        int start = buffer.rpos();
        buffer.getBoolean();
        buffer.getString();
        var key = buffer.getPublicKey();
        buffer.rpos(start);
        if (key instanceof OpenSshCertificate || weak(key)) {
            return Boolean.FALSE;
        }
        if (answer(session, key).isPresent()) {
            return verified(super.doAuth(buffer, init), key);
        }
        var question = Question.begin(session);
        var packet = again(buffer);
        logins.askInTurn(session, new PanelQueue.Task() {
            @Override
            public void ask() {
                KeyLogin.this.ask(session, key, packet, question);
            }

            @Override
            public void refuse() {
                question.end();
            }
        });
        // Nothing is said to the client until the packet comes back.
        return null;
    }

    /** Returns the whole packet, as it came. */
    private Buffer again(Buffer rest) {
        var packet = new ByteArrayBuffer();
        packet.putString(getUsername());
        packet.putString(getService());
        packet.putString(getName());
        packet.putRawBytes(rest.getCompactData());
        return packet;
    }

    private void ask(ServerSession session, PublicKey key, Buffer packet, Question question) {
        try {
            answers(session).put(KeyUtils.getFingerPrint(key), logins.byKey(session, getUsername(), key));
            question.end();
            var service = session.getService(ServerUserAuthService.class);
            if (service != null && !session.isClosing()) {
                synchronized (service) {
                    service.process(SshConstants.SSH_MSG_USERAUTH_REQUEST, packet);
                }
            }
        } catch (Exception e) {
            LOG.debug("a log-in by key failed", e);
            session.exceptionCaught(e);
        } finally {
            question.end();
        }
    }

    private @Nullable Boolean verified(@Nullable Boolean result, PublicKey key) {
        if (!Boolean.TRUE.equals(result)) {
            return result;
        }
        var session = getServerSession();
        return answer(session, key)
                .flatMap(known -> known)
                .filter(access -> logins.enter(session, access))
                .isPresent();
    }

    private static boolean weak(PublicKey key) {
        return key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < RSA_BITS_MIN;
    }

    private static Optional<Optional<SftpAccess>> answer(ServerSession session, PublicKey key) {
        return Optional.ofNullable(answers(session).get(KeyUtils.getFingerPrint(key)));
    }

    /** As many as a connection may try. */
    private static Map<String, Optional<SftpAccess>> answers(ServerSession session) {
        return session.computeAttributeIfAbsent(ANSWERS, key -> Collections.synchronizedMap(new HashMap<>()));
    }
}
