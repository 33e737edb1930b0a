package dev.rookery.wings.internal;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.dialect.EventDialect;
import java.io.IOException;
import okhttp3.Headers;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears one socket of a console and says what it means. */
final class ConsoleSocket extends WebSocketListener {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleSocket.class);
    private static final int REFUSAL_BYTES_MAX = 8 * 1024;

    private final Owner owner;
    private final int connection;
    private final Failures failures;
    private final Authority authority;

    /** Whose socket it is. Told on the socket's own thread, which must not wait for long. */
    interface Owner {

        /** The socket is open. */
        void onOpen(int connection, WebSocket socket, Headers headers);

        /** An event came. */
        void onEvent(int connection, ConsoleEvent event);

        /** The socket is over, or was never opened. */
        void onParting(int connection, Parting parting);
    }

    ConsoleSocket(Owner owner, int connection, Failures failures, Authority authority) {
        this.owner = owner;
        this.connection = connection;
        this.failures = failures;
        this.authority = authority;
    }

    @Override
    public void onOpen(WebSocket socket, Response response) {
        owner.onOpen(connection, socket, response.headers());
    }

    @Override
    public void onMessage(WebSocket socket, String text) {
        if (authority.inRequest()) {
            EventDialect.readOrOutput(text).forEach(event -> owner.onEvent(connection, event));
            return;
        }
        ConsoleEvent event;
        try {
            event = EventDialect.read(text);
        } catch (InvalidInputException e) {
            LOG.debug("{}: ignoring a console frame: {}", failures.peer(), e.getMessage());
            return;
        }
        owner.onEvent(connection, event);
    }

    @Override
    public void onClosing(WebSocket socket, int code, String reason) {
        owner.onParting(connection, Parting.closed(failures, code, reason));
        // Codes such as 1005 may be heard but not said.
        socket.close(1000, null);
    }

    @Override
    public void onFailure(WebSocket socket, Throwable failure, @Nullable Response response) {
        if (failure instanceof FrameGuard.TooLongException tooLong) {
            owner.onParting(connection, Parting.tooLong(failures, tooLong));
            return;
        }
        if (response == null || response.code() == 101) {
            var reason = failures.clean("the connection failed: " + failure.getMessage());
            owner.onParting(connection, Parting.lost(failures, reason, failure));
            return;
        }
        owner.onParting(
                connection,
                Parting.refused(failures, authority.origin(), response.code(), response.headers(), body(response)));
    }

    private static byte[] body(Response response) {
        try {
            return OpenAnswer.peek(response, REFUSAL_BYTES_MAX);
        } catch (IOException | IllegalStateException ignored) {
            // The status says enough.
            return new byte[0];
        }
    }
}
