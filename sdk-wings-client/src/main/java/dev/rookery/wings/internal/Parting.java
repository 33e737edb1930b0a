package dev.rookery.wings.internal;

import dev.rookery.api.ConflictException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ProtocolException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.RookeryException.RemoteAnswer;
import dev.rookery.api.UnavailableException;
import java.util.Optional;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Why a console's socket ended. Source: node API §4.1 and §4.7.
 *
 * @param last whether connecting again is pointless
 * @param reason for people
 * @param failure what opening the console throws for it
 */
record Parting(boolean last, String reason, RookeryException failure) {

    static final Endpoint SOCKET = Endpoint.get("/api/servers/{uuid}/ws");

    private static final int NORMAL = 1000;
    private static final int GOING_AWAY = 1001;
    private static final int POLICY = 1008;
    private static final int REFUSALS_FROM = 4400;
    private static final int REFUSALS_TO = 4499;
    private static final int SUSPENDED = 4409;

    /** The node did not let us in. */
    static Parting refused(Failures failures, String origin, int status, Headers headers, byte[] body) {
        var failure = failures.of(SOCKET, status, headers, body);
        if (status == 400 && String.valueOf(failure.getMessage()).contains("Too many open")) {
            failure = new UnavailableException(
                    String.valueOf(failure.getMessage()),
                    failure,
                    failure.answer().orElse(null));
        }
        if (failure instanceof DeniedException) {
            failure = new DeniedException(
                    failure.getMessage() + " (the node expects its panel's URL as origin; sent: " + origin + ")",
                    null,
                    failure.answer().orElse(null));
        }
        boolean last = failure instanceof NotFoundException
                || failure instanceof DeniedException
                || failure instanceof ProtocolException;
        return new Parting(last, String.valueOf(failure.getMessage()), failure);
    }

    /**
     * The node closed the socket. 4409 says that the server is suspended, 4400 that the node refuses the client; the panels' own
     * pages stop connecting at both. Sources: node API §4.1, field reports §3.4.
     */
    static Parting closed(Failures failures, int code, String text) {
        var said = text.isBlank() ? "" : ": " + failures.clean(text);
        if (code == SUSPENDED) {
            return last("the server is suspended (4409" + said + ")", ConflictException::new, failures);
        }
        if (code >= REFUSALS_FROM && code <= REFUSALS_TO) {
            return last("the node refused the console (" + code + said + ")", ProtocolException::new, failures);
        }
        if (code == NORMAL || code == POLICY) {
            return last("the node ended the console (" + code + said + ")", DeniedException::new, failures);
        }
        if (code == GOING_AWAY && text.contains("delet")) {
            return last("the server was deleted (" + code + said + ")", NotFoundException::new, failures);
        }
        return lost(failures, "the node closed the socket (" + code + said + ")", null);
    }

    /** The connection broke, or was never made. */
    static Parting lost(Failures failures, String reason, @Nullable Throwable cause) {
        return new Parting(
                false, reason, new UnavailableException(failures.peer() + ": " + SOCKET + ": " + reason, cause));
    }

    /** The node sent more in one message than is ever needed: connecting again would bring the same. */
    static Parting tooLong(Failures failures, FrameGuard.TooLongException e) {
        return last("the node sent " + e.getMessage(), ProtocolException::new, failures);
    }

    /** There is nothing to present to the node. */
    static Parting withoutPass(Failures failures, RookeryException e) {
        var reason = "no token: " + failures.clean(String.valueOf(e.getMessage()));
        return new Parting(e instanceof DeniedException || e instanceof NotFoundException, reason, e);
    }

    /** The node does not accept who we are. */
    static Parting denied(Failures failures, String text) {
        return last(
                "the node does not accept the console's token: " + failures.clean(text),
                DeniedException::new,
                failures);
    }

    private interface Maker {
        RookeryException make(String message, @Nullable Throwable cause, RemoteAnswer answer);
    }

    private static Parting last(String reason, Maker maker, Failures failures) {
        var answer = new RemoteAnswer(SOCKET.toString(), 101, Optional.empty());
        return new Parting(true, reason, maker.make(failures.peer() + ": " + SOCKET + ": " + reason, null, answer));
    }
}
