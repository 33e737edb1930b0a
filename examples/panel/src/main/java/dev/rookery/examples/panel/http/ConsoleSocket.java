package dev.rookery.examples.panel.http;

import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.permission.Permission;
import dev.rookery.panel.BrowserEvent;
import dev.rookery.panel.BrowserFrames;
import dev.rookery.panel.BrowserSink;
import dev.rookery.panel.ConsoleRelay;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.websocket.WsCloseStatus;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import io.javalin.websocket.WsContext;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.websocket.api.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The browser's end of a console. A browser asks for a ticket with its session, and opens the socket with the ticket; so the socket
 * needs no header that browsers cannot set, and a page of another origin cannot open it.
 */
final class ConsoleSocket implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleSocket.class);
    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(20);
    private static final long RECHECK_SECONDS = 5;
    private static final long FRAME_MAX_BYTES = 4L * BrowserFrames.MAX_LENGTH;

    private final ConsoleRelay relay;
    private final ServerAccess access;
    private final Map<String, ConsoleRelay.Attachment> attachments = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "panel-consoles");
        thread.setDaemon(true);
        return thread;
    });

    ConsoleSocket(ConsoleRelay relay, ServerAccess access) {
        this.relay = relay;
        this.access = access;
        timer.scheduleWithFixedDelay(this::recheck, RECHECK_SECONDS, RECHECK_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    void register(RoutesConfig routes) {
        routes.post("/api/servers/{uuid}/console-ticket", this::ticket, OnServer.holding(Permission.CONNECT));
        routes.ws("/api/servers/{uuid}/console", this::socket, Access.PUBLIC);
    }

    private void ticket(Context request) {
        var server = access.require(request);
        var ticket = relay.issue(access.caller(request, server), server.id());
        request.json(Map.of("ticket", ticket.text(), "expiresAt", ticket.expiresAt()));
    }

    private void socket(WsConfig socket) {
        socket.onConnect(this::connect);
        socket.onMessage(message -> receive(message, message.message()));
        socket.onClose(close -> detach(close.sessionId()));
        socket.onError(error -> detach(error.sessionId()));
    }

    private void connect(WsConnectContext browser) {
        browser.session.setMaxTextMessageSize(FRAME_MAX_BYTES);
        browser.enableAutomaticPings(20, TimeUnit.SECONDS);
        try {
            var server = ServerId.parse(browser.pathParam("uuid"));
            var ticket = browser.queryParam("ticket");
            var attachment = relay.attach(
                    ticket == null ? "" : ticket, server, after(browser.queryParam("after")), new Sink(browser));
            attachments.put(browser.sessionId(), attachment);
            if (!browser.session.isOpen()) {
                detach(browser.sessionId());
            }
            // Access may have changed between ticket and socket, when there was nothing yet to end.
            requireUnchanged(attachment);
        } catch (RookeryException e) {
            LOG.info("a console was refused: {}", e.getMessage());
            error(browser, String.valueOf(e.getMessage()));
            browser.closeSession(WsCloseStatus.POLICY_VIOLATION, "refused");
        }
    }

    /**
     * Ends the consoles of those whose access has changed: by another process on the same database, which cannot reach them here. What is
     * changed here ends them at once.
     */
    private void recheck() {
        for (var attachment : attachments.values()) {
            try {
                requireUnchanged(attachment);
            } catch (RuntimeException e) {
                LOG.warn("the access of an open console could not be checked", e);
            }
        }
    }

    private void requireUnchanged(ConsoleRelay.Attachment attachment) {
        var user = attachment.user();
        var now = access.permissions(user.user(), attachment.server());
        if (!now.equals(Optional.of(user.permissions()))) {
            relay.disconnect(user.user(), attachment.server());
        }
    }

    private void receive(WsContext browser, String frame) {
        var attachment = attachments.get(browser.sessionId());
        if (attachment != null) {
            attachment.receive(frame);
        }
    }

    private void detach(String session) {
        var attachment = attachments.remove(session);
        if (attachment != null) {
            attachment.close();
        }
    }

    private static void error(WsContext browser, String text) {
        if (browser.session.isOpen()) {
            browser.send(Map.of("type", "error", "text", text));
        }
    }

    private static OptionalLong after(@Nullable String text) {
        try {
            return text == null ? OptionalLong.empty() : OptionalLong.of(Math.max(0, Long.parseLong(text)));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** The way to one browser. A send waits until the browser has taken it, so that a slow one falls behind in its own queue only. */
    private final class Sink implements BrowserSink {

        private final WsContext browser;

        private Sink(WsContext browser) {
            this.browser = browser;
        }

        @Override
        public void send(BrowserEvent event) {
            var sent = new Callback.Completable();
            browser.session.sendText(BrowserFrames.write(event), sent);
            try {
                sent.get(SEND_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw gone(e);
            } catch (ExecutionException | TimeoutException e) {
                throw gone(e);
            }
        }

        /** The relay lets go of a browser that cannot be told; its socket must not look alive then. */
        private IllegalStateException gone(Exception e) {
            browser.session.disconnect();
            detach(browser.sessionId());
            return new IllegalStateException("the browser is gone or too slow", e);
        }

        @Override
        public void close(String reason) {
            if (browser.session.isOpen()) {
                browser.send(Map.of("type", "closed", "text", reason));
                browser.closeSession(WsCloseStatus.NORMAL_CLOSURE, "closed");
            }
        }
    }
}
