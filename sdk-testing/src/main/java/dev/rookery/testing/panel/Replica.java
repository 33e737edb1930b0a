package dev.rookery.testing.panel;

import dev.rookery.api.CallOptions;
import dev.rookery.api.node.Node;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.permission.Permissions;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.ReadEggInterpreter;
import dev.rookery.panel.schedule.ScheduleOptions;
import dev.rookery.panel.schedule.Schedules;
import dev.rookery.panel.spi.PanelStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A panel that can be killed: it then ends at one of its next steps, and does nothing any more. */
final class Replica {

    /** What reached the servers: how often, by the run and what was asked for. */
    static final class Effects {

        private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

        void add(String run, String what) {
            counts.computeIfAbsent(run + " " + what, key -> new AtomicInteger()).incrementAndGet();
        }

        int count(Object run, String what) {
            var count = counts.get(run + " " + what);
            return count == null ? 0 : count.get();
        }
    }

    private final Effects effects;
    private final Schedules schedules;
    private volatile int stepsLeft = Integer.MAX_VALUE;

    Replica(PanelStore store, Effects effects, Clock clock, ScheduleOptions options) {
        this.effects = effects;
        var service = PanelService.builder(halting(store), node -> node(""), new ReadEggInterpreter())
                .clock(clock)
                .build();
        schedules = Schedules.builder(service, (user, server) -> Permissions.none())
                .clock(clock)
                .options(options)
                .build();
    }

    /** Kills it at its n-th step from now. */
    void killAt(int step) {
        stepsLeft = step;
    }

    /** Does what is due; says whether it lives. */
    boolean runDue() {
        try {
            schedules.runDue();
            return true;
        } catch (Killed e) {
            return false;
        }
    }

    private synchronized void step() {
        stepsLeft--;
        if (stepsLeft <= 0) {
            throw new Killed();
        }
    }

    private Node node(String run) {
        return proxy(Node.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "with" -> node(((CallOptions) arguments[0]).correlationId().orElse(""));
            case "as" -> proxy;
            case "server" -> server(run);
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private NodeServer server(String run) {
        return proxy(NodeServer.class, (proxy, method, arguments) -> {
            step();
            switch (method.getName()) {
                case "sendCommands" -> effects.add(run, String.valueOf(((List<?>) arguments[0]).get(0)));
                case "power" -> effects.add(run, ((PowerAction) arguments[0]).wireName());
                default -> throw new UnsupportedOperationException(method.getName());
            }
            step();
            return null;
        });
    }

    private PanelStore halting(PanelStore store) {
        // Every method of a store returns one of its parts.
        return proxy(
                PanelStore.class,
                (proxy, method, arguments) -> halting(method.getReturnType(), method.invoke(store, arguments)));
    }

    /** Returns a part of a store with a step before each call and one after it, but none where nothing was claimed. */
    private <T> T halting(Class<T> type, Object part) {
        return proxy(type, (proxy, method, arguments) -> {
            boolean claims = "claim".equals(method.getName());
            if (stepsLeft <= 0 || !claims) {
                step();
            }
            try {
                var result = method.invoke(part, arguments);
                if (!claims || ((Optional<?>) result).isPresent()) {
                    step();
                }
                return result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** The process is gone. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }
}
