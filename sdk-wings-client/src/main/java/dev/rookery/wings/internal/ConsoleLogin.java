package dev.rookery.wings.internal;

import dev.rookery.api.DeniedException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.dialect.ConsoleFrames;
import dev.rookery.api.dialect.ConsoleFrames.Frame;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Presents tokens to the node: the first one of each connection, and a new one before each ends or when the node says that it has. Guarded
 * by the console's lock. Source: node API §4.4 and §4.5.
 */
final class ConsoleLogin {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleLogin.class);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
    // An answer comes in turn, and so late behind lines that a slow listener holds up.
    private static final int ANSWER_TIMEOUTS_MAX = 6;
    // The node warns 60 s before the end; a token that is renewed before makes that unnecessary.
    private static final Duration RENEW_BEFORE = Duration.ofSeconds(75);
    private static final Duration RENEW_AFTER_MIN = Duration.ofSeconds(15);
    private static final Duration RENEW_AFTER_DOUBT = Duration.ofSeconds(60);
    // Tokens are dated in whole seconds: one made in the second of a denial falls under it. Source: node API §3.5.
    private static final Duration NEXT_SECOND = Duration.ofMillis(1100);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);
    private static final int FAILURES_MAX = 5;

    private final Authority authority;
    private final ConsoleLock lock;
    private final Timers<ConsoleDue> timers;
    private final ConsoleOutbox outbox;
    private final Failures failures;
    private final Owner owner;
    private Optional<Instant> expiresAt = Optional.empty();
    private boolean underWay;
    private int asked;
    private int failed;
    private long heard;

    /** Whose login it is. */
    interface Owner {

        /** Returns whether the node has accepted a token on this connection. */
        boolean live();

        /** The node accepted a token. */
        void accepted();

        /** Something to tell the listener. */
        void tell(ConsoleEvent event);

        /** The authority is over. */
        void lose(String text);

        /** The connection is over. */
        void part(Parting parting);
    }

    ConsoleLogin(
            Authority authority,
            ConsoleLock lock,
            Timers<ConsoleDue> timers,
            ConsoleOutbox outbox,
            Failures failures,
            Owner owner) {
        this.authority = authority;
        this.lock = lock;
        this.timers = timers;
        this.outbox = outbox;
        this.failures = failures;
        this.owner = owner;
    }

    /** Presents the first token of a connection. */
    void begin(Authority.Pass pass) {
        underWay = true;
        present(pass);
    }

    /** Says that the connection is over. */
    void disconnected() {
        // Whatever was asked for comes too late.
        asked++;
        underWay = false;
        timers.cancel(ConsoleDue.AUTH_TIMEOUT);
        timers.cancel(ConsoleDue.AUTHENTICATE);
    }

    /** Says that a frame came. */
    void heard() {
        heard++;
    }

    /** The node accepted the token. */
    void onAccepted() {
        timers.cancel(ConsoleDue.AUTH_TIMEOUT);
        underWay = false;
        failed = 0;
        outbox.hold(false);
        scheduleRenewal();
        owner.accepted();
        outbox.flush();
    }

    /** The node says that the token ends soon. */
    void onExpiring() {
        if (expiresAt.filter(end -> !authority.outlasts(end)).isPresent()) {
            owner.tell(new ConsoleEvent.AuthorityExpiring());
        } else if (!underWay) {
            renew();
        }
    }

    /** The node does not accept the token, or no longer. */
    void onProblem(String text) {
        boolean answer = text.startsWith("Error Event");
        if (underWay && !answer && owner.live()) {
            // An event that was held back because of the old token; the new one is on its way.
            return;
        }
        failed++;
        boolean denied = text.contains("denylist");
        boolean passing =
                denied || text.contains("exp claim") || text.contains("expired") || text.contains("no jwt present");
        // A user who is denied while connected was put out on purpose.
        boolean putOut = denied && owner.live() && authority.endsAt().isPresent();
        if (!passing || putOut || failed > FAILURES_MAX) {
            owner.lose(text);
            return;
        }
        LOG.debug("{}: a console's token was refused, making a new one: {}", failures.peer(), text);
        underWay = true;
        outbox.hold(true);
        timers.schedule(ConsoleDue.AUTHENTICATE, denied ? NEXT_SECOND : Duration.ZERO, this::renew);
    }

    private void scheduleRenewal() {
        expiresAt.filter(authority::outlasts).ifPresent(end -> {
            var left = Duration.between(authority.clock().instant(), end);
            timers.schedule(ConsoleDue.AUTHENTICATE, renewalAfter(left), this::renew);
        });
    }

    /**
     * Returns when a token is renewed of which so much is left. One that is short is kept for half its time; one that has ended by our
     * clock though the node took it shows that a clock is wrong, and the node says early enough when it ends.
     */
    static Duration renewalAfter(Duration left) {
        if (left.isNegative() || left.isZero()) {
            return RENEW_AFTER_DOUBT;
        }
        var early = left.minus(RENEW_BEFORE);
        var half = left.dividedBy(2);
        var later = early.compareTo(half) > 0 ? early : half;
        return later.compareTo(RENEW_AFTER_MIN) > 0 ? later : RENEW_AFTER_MIN;
    }

    private void renew() {
        timers.cancel(ConsoleDue.AUTHENTICATE);
        if (authority.ended()) {
            owner.lose("the authority of " + authority + " has ended");
            return;
        }
        underWay = true;
        int question = ++asked;
        authority.pass(
                pass -> lock.run(() -> {
                    if (question == asked) {
                        present(pass);
                    }
                }),
                e -> lock.run(() -> {
                    if (question == asked) {
                        onNoPass(e);
                    }
                }));
    }

    private void onNoPass(RookeryException e) {
        failed++;
        if (e instanceof DeniedException || e instanceof NotFoundException) {
            owner.lose("no new token: " + e.getMessage());
        } else if (failed > FAILURES_MAX) {
            owner.part(Parting.lost(failures, "no new token: " + failures.clean(String.valueOf(e.getMessage())), e));
        } else {
            timers.schedule(ConsoleDue.AUTHENTICATE, TRY_AGAIN, this::renew);
        }
    }

    private void present(Authority.Pass pass) {
        var frame = Frame.of(ConsoleFrames.AUTH, pass.token());
        int bytes = ConsoleFrames.writeInbound(frame).getBytes(StandardCharsets.UTF_8).length;
        if (bytes > WingsConsole.FRAME_BYTES_MAX) {
            owner.part(Parting.denied(
                    failures,
                    "a frame of " + bytes + " bytes (expected: at most " + WingsConsole.FRAME_BYTES_MAX
                            + "; a token grows with its permissions)"));
            return;
        }
        expiresAt = pass.expiresAt();
        outbox.urgent(frame);
        awaitAnswer(1);
    }

    private void awaitAnswer(int tries) {
        long before = heard;
        timers.schedule(ConsoleDue.AUTH_TIMEOUT, ANSWER_TIMEOUT, () -> {
            if (heard != before && tries < ANSWER_TIMEOUTS_MAX) {
                awaitAnswer(tries + 1);
            } else {
                owner.part(Parting.lost(failures, "no answer to the token", null));
            }
        });
    }
}
