package dev.rookery.examples.panel.http;

import dev.rookery.api.ServerId;
import dev.rookery.examples.panel.account.Accounts;
import dev.rookery.examples.panel.account.User;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.ServerSnapshot;
import dev.rookery.panel.ServerStates;
import io.javalin.config.RoutesConfig;
import io.javalin.http.sse.SseClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Live changes of all servers as server-sent events. One sender serves all browsers, and drops one that is gone. */
final class EventsApi implements ServerStates.Listener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventsApi.class);
    private static final int HEARTBEAT_SECONDS = 15;
    private static final String REMOVED = "removed";

    private final PanelService panel;
    private final Accounts accounts;
    private final Set<Browser> browsers = ConcurrentHashMap.newKeySet();
    private final Map<ServerId, UUID> owners = new ConcurrentHashMap<>();
    private final Map<ServerId, Message> pending = new LinkedHashMap<>();
    private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "panel-events");
        thread.setDaemon(true);
        return thread;
    });
    private ServerStates.@Nullable Registration registration;

    /** Somebody's open page. */
    private record Browser(SseClient client, User user, String cookie) {}

    /** The latest that is to be said of a server, and to whom besides administrators. */
    private record Message(String name, Object event, Optional<UUID> owner) {}

    EventsApi(PanelService panel, Accounts accounts) {
        this.panel = panel;
        this.accounts = accounts;
        sender.scheduleAtFixedRate(this::heartbeat, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
    }

    void register(RoutesConfig routes) {
        routes.sse("/api/events", this::join, Access.USER);
    }

    @Override
    public void onServer(ServerSnapshot server) {
        var event = new Event(
                server.id().toString(),
                server.state().wireName(),
                ServerView.status(server.status(), server.suspended()),
                server.usage().map(ServerView.Usage::of).orElse(null));
        panel.store().servers().find(server.id()).ifPresent(found -> owners.put(server.id(), found.owner()));
        say(server.id(), new Message("server", event, Optional.ofNullable(owners.get(server.id()))));
    }

    @Override
    public void onRemoved(ServerId server) {
        say(
                server,
                new Message(REMOVED, Map.of("uuid", server.toString()), Optional.ofNullable(owners.remove(server))));
    }

    @Override
    public void close() {
        synchronized (this) {
            if (registration != null) {
                registration.close();
            }
        }
        sender.shutdownNow();
        browsers.forEach(browser -> browser.client().close());
    }

    private void join(SseClient client) {
        var request = client.ctx();
        var cookie = request.cookie(Guard.COOKIE);
        var browser = new Browser(client, Guard.user(request), cookie == null ? "" : cookie);
        client.keepAlive();
        client.onClose(() -> leave(browser));
        browsers.add(browser);
        synchronized (this) {
            if (registration == null) {
                registration = panel.states().onChange(this);
            }
        }
        sender.execute(() -> attempt(browser, () -> client.sendComment("welcome")));
    }

    /** The panel asks its nodes often only while somebody listens. */
    private void leave(Browser browser) {
        browsers.remove(browser);
        synchronized (this) {
            if (browsers.isEmpty() && registration != null) {
                registration.close();
                registration = null;
            }
        }
    }

    /** Also ends the streams of those who have logged out. */
    private void heartbeat() {
        for (var browser : browsers) {
            attempt(browser, () -> {
                if (accounts.session(browser.cookie()).isPresent()) {
                    browser.client().sendComment("heartbeat");
                } else {
                    browser.client().close();
                }
            });
        }
    }

    /** Of each server only the latest waits: a browser that is slow delays the others, but nothing piles up. */
    private void say(ServerId server, Message message) {
        boolean first;
        synchronized (pending) {
            first = pending.isEmpty();
            // News of a server that is gone may still be on their way; they must not hide that it is gone.
            pending.merge(server, message, (old, latest) -> old.name().equals(REMOVED) ? old : latest);
        }
        if (first) {
            sender.execute(this::flush);
        }
    }

    private void flush() {
        List<Message> due;
        synchronized (pending) {
            due = List.copyOf(pending.values());
            pending.clear();
        }
        for (var message : due) {
            browsers.stream()
                    .filter(browser -> browser.user().admin()
                            || message.owner()
                                    .filter(browser.user().uuid()::equals)
                                    .isPresent())
                    .forEach(browser ->
                            attempt(browser, () -> browser.client().sendEvent(message.name(), message.event())));
        }
    }

    private void attempt(Browser browser, Runnable action) {
        try {
            if (browser.client().terminated()) {
                leave(browser);
            } else {
                action.run();
            }
        } catch (RuntimeException e) {
            LOG.debug("a browser is gone: {}", e.toString());
            leave(browser);
        }
    }

    record Event(String uuid, String state, String status, ServerView.@Nullable Usage usage) {}
}
