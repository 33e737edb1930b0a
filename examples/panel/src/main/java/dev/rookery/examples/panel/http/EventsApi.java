package dev.rookery.examples.panel.http;

import dev.rookery.api.ServerId;
import dev.rookery.examples.panel.account.Accounts;
import dev.rookery.examples.panel.account.ServerRights;
import dev.rookery.examples.panel.account.User;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.ServerSnapshot;
import dev.rookery.panel.ServerStates;
import io.javalin.config.RoutesConfig;
import io.javalin.http.sse.SseClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Live changes of all servers as server-sent events. One sender serves all browsers, and drops one that is gone. */
final class EventsApi implements ServerStates.Listener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventsApi.class);
    private static final int HEARTBEAT_SECONDS = 15;
    private static final long AUDIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final String REMOVED = "removed";

    private final PanelService panel;
    private final Accounts accounts;
    private final ServerRights rights;
    private final Set<Browser> browsers = ConcurrentHashMap.newKeySet();
    private final Map<ServerId, Audience> audiences = new ConcurrentHashMap<>();
    private final AtomicInteger changes = new AtomicInteger();
    private final AtomicBoolean proxyNews = new AtomicBoolean();
    private final Map<ServerId, Message> pending = new LinkedHashMap<>();
    private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "panel-events");
        thread.setDaemon(true);
        return thread;
    });
    private ServerStates.@Nullable Registration registration;

    /** Somebody's open page. */
    private record Browser(SseClient client, User user, String cookie) {}

    /** Who is told of a server besides administrators, as it was after so many changes, and at that time. */
    private record Audience(Set<UUID> users, int change, long since) {}

    /** The latest that is to be said of a server, and to whom besides administrators. */
    private record Message(String name, Object event, Set<UUID> audience) {}

    EventsApi(PanelService panel, Accounts accounts, ServerRights rights) {
        this.panel = panel;
        this.accounts = accounts;
        this.rights = rights;
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
        say(server.id(), new Message("server", event, audience(server.id())));
    }

    /** Servers have news each moment, and their audience hardly ever changes: here, or in another panel on the same database. */
    private Set<UUID> audience(ServerId server) {
        var known = audiences.get(server);
        int change = changes.get();
        long now = System.nanoTime();
        if (known == null || known.change() != change || now - known.since() > AUDIENCE_NANOS) {
            var found = panel.store().servers().find(server);
            if (found.isPresent()) {
                known = new Audience(rights.audience(found.get()), change, now);
                audiences.put(server, known);
            }
        }
        return known == null ? Set.of() : known.users();
    }

    @Override
    public void onRemoved(ServerId server) {
        var audience = audiences.remove(server);
        say(
                server,
                new Message(
                        REMOVED, Map.of("uuid", server.toString()), audience == null ? Set.of() : audience.users()));
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
        // Looks at the session once more: it may have ended before this page was among those that are told so.
        sender.execute(() -> greet(browser));
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

    private void heartbeat() {
        browsers.forEach(this::greet);
    }

    /** Looks again at the open pages of a user whose access has changed, and has those that stay do the same. */
    void changed(UUID user) {
        changes.incrementAndGet();
        sender.execute(() -> browsers.stream()
                .filter(browser -> browser.user().uuid().equals(user))
                .forEach(browser -> {
                    greet(browser);
                    attempt(browser, () -> browser.client().sendEvent("access", Map.of()));
                }));
    }

    /** Has the open pages of administrators look at the proxy again. However much happens at once, it is said once. */
    void proxyChanged() {
        if (proxyNews.compareAndSet(false, true)) {
            sender.execute(() -> {
                proxyNews.set(false);
                browsers.stream()
                        .filter(browser -> browser.user().admin())
                        .forEach(browser ->
                                attempt(browser, () -> browser.client().sendEvent("proxy", Map.of())));
            });
        }
    }

    /** Also ends the streams of those who have logged out or are another kind of user than before; a page comes back by itself. */
    private void greet(Browser browser) {
        attempt(browser, () -> {
            var session = accounts.session(browser.cookie());
            if (session.filter(open -> open.user().admin() == browser.user().admin())
                    .isPresent()) {
                browser.client().sendComment("heartbeat");
            } else {
                browser.client().close();
            }
        });
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
                            || message.audience().contains(browser.user().uuid()))
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
