package dev.rookery.examples.panel.http;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.examples.panel.account.User;
import dev.rookery.panel.NodeHealth;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.ServerSnapshot;
import dev.rookery.panel.ServerStates;
import io.javalin.config.RoutesConfig;
import io.javalin.http.sse.SseClient;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Live changes of all servers as server-sent events. One sender serves all browsers, and drops one that is gone. */
final class EventsApi implements ServerStates.Listener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventsApi.class);
    private static final int HEARTBEAT_SECONDS = 15;

    private final PanelService panel;
    private final Set<Browser> browsers = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "panel-events");
        thread.setDaemon(true);
        return thread;
    });
    private ServerStates.@Nullable Registration registration;

    /** Somebody's open page. */
    private record Browser(SseClient client, User user) {}

    EventsApi(PanelService panel) {
        this.panel = panel;
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
        var owner = panel.store().servers().find(server.id()).map(s -> s.owner());
        send(
                "server",
                event,
                browser -> browser.user().admin()
                        || owner.filter(browser.user().uuid()::equals).isPresent());
    }

    @Override
    public void onRemoved(ServerId server) {
        send("removed", Map.of("uuid", server.toString()), browser -> true);
    }

    @Override
    public void onNode(NodeId node, NodeHealth health) {
        send("node", new NodeEvent(node.value(), health.reachable()), browser -> true);
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
        var browser = new Browser(client, Guard.user(client.ctx()));
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

    private void heartbeat() {
        browsers.forEach(browser -> attempt(browser, () -> browser.client().sendComment("heartbeat")));
    }

    private void send(String name, Object event, Predicate<Browser> may) {
        sender.execute(() -> browsers.stream()
                .filter(may)
                .forEach(browser -> attempt(browser, () -> browser.client().sendEvent(name, event))));
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

    record NodeEvent(int id, boolean reachable) {}
}
