package dev.rookery.daemon.internal.http;

import dev.rookery.api.ConflictException;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.ProtocolException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.UnavailableException;

/** Turns what a node throws into answers. Source: node API §1.5. */
final class Failures {

    /** Ours: which kind of {@link RookeryException} the node threw, since several share a status on the wire. */
    static final String KIND_HEADER = "X-Rookery-Error";

    static final String UNEXPECTED = "An unexpected error was encountered while processing this request";
    static final String NO_SUCH_SERVER = "The requested resource does not exist on this instance.";

    private Failures() {}

    /** Returns the answer to a failure that the route does not know better. */
    static Response response(RuntimeException failure, Request request) {
        if (!(failure instanceof RookeryException known)) {
            return unexpected(request.requestId());
        }
        if (known instanceof NotOfferedException missing) {
            return Response.unknownRoute().header(KIND_HEADER, kind(known) + " " + missing.capability());
        }
        return general(known, request).header(KIND_HEADER, kind(known));
    }

    /** Returns an answer in the words of the protocol, which says of which kind the failure was. */
    static Response said(int status, String text, RookeryException failure) {
        return Response.error(status, text).header(KIND_HEADER, kind(failure));
    }

    /** Returns an answer with our id of the request, which says of which kind the failure was. */
    static Response said(int status, String text, RookeryException failure, Request request) {
        return Response.error(status, text, request.requestId()).header(KIND_HEADER, kind(failure));
    }

    /** Returns Wings' answer to anything unforeseen. */
    static Response unexpected(String requestId) {
        return Response.error(500, UNEXPECTED, requestId);
    }

    /** Returns the answer to a body that is JSON but not what the route needs, or no JSON. */
    static Response badBody(String requestId) {
        return Response.error(400, UNEXPECTED, requestId).header("Content-Type", Response.TEXT_UTF8);
    }

    static String kind(RookeryException failure) {
        if (failure instanceof NotFoundException) {
            return "not-found";
        }
        if (failure instanceof ConflictException) {
            return "conflict";
        }
        if (failure instanceof InvalidInputException) {
            return "invalid-input";
        }
        if (failure instanceof DeniedException) {
            return "denied";
        }
        if (failure instanceof DeadlineException) {
            return "deadline";
        }
        if (failure instanceof NotOfferedException) {
            return "not-offered";
        }
        return failure instanceof ProtocolException ? "protocol" : "unavailable";
    }

    /** Returns whether the message tells the caller something to act on, so that it is shown to anyone. */
    static boolean forUsers(RuntimeException failure) {
        return failure instanceof RookeryException
                && !(failure instanceof UnavailableException)
                && !(failure instanceof ProtocolException);
    }

    private static Response general(RookeryException failure, Request request) {
        var text = textOf(failure);
        if (failure instanceof NotFoundException) {
            return request.match().ofServer()
                    ? Response.error(404, NO_SUCH_SERVER)
                    : Response.error(404, text, request.requestId());
        }
        if (failure instanceof ConflictException) {
            return Response.error(409, text);
        }
        if (failure instanceof InvalidInputException) {
            return Response.error(400, text);
        }
        if (failure instanceof DeniedException) {
            return Response.error(403, text);
        }
        return Response.error(500, text, request.requestId());
    }

    private static String textOf(RookeryException failure) {
        var message = failure.getMessage();
        return message == null || message.isBlank() ? UNEXPECTED : message;
    }
}
