package dev.rookery.proxy.internal.probe;

import dev.rookery.kit.Correlation;
import dev.rookery.kit.NamedThreads;
import dev.rookery.proxy.apply.Proof;
import dev.rookery.proxy.apply.Proof.Check;
import dev.rookery.proxy.apply.Proof.Outcome;
import dev.rookery.proxy.internal.probe.Probe.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** Looks from outside what runs: many fresh connections to each listener, because listeners of what was refused may live on beside the right ones. */
public final class Proofs {

    private static final int CONNECTIONS = 20;
    private static final int NAMES_MAX = 5;
    private static final int ROUTES_MAX = 20;
    private static final int ASKED_AT_ONCE = 10;
    private static final long CERTIFICATE_NANOS = 3_000_000_000L;
    private static final long WAIT_NANOS = 50_000_000L;

    private final Probe probe;
    private final List<Check> checks = new ArrayList<>();

    /** Creates what asks by this. */
    public Proofs(Probe probe) {
        this.probe = probe;
    }

    /** Returns what was seen. */
    public Proof proof() {
        return new Proof(checks);
    }

    /** Adds a look of another kind. */
    public void add(String what, boolean holds, String said) {
        checks.add(new Check(what, Optional.empty(), holds ? Outcome.PASSED : Outcome.FAILED, said));
    }

    /** Adds what helps to understand a failure; nothing if there is none. */
    public void note(String what, String said) {
        if (!proof().proven()) {
            checks.add(new Check(what, Optional.empty(), Outcome.FAILED, said));
        }
    }

    /** Looks which revision answers at each listener. */
    public void listeners(List<Listening> listeners, long revision) {
        for (var listener : listeners) {
            var what = CONNECTIONS + " connections to " + listener.shown();
            var name = name(listener);
            if (listener.encrypted() && name.isEmpty()) {
                var outcome = listener.names().isEmpty() ? Outcome.PASSED : Outcome.PENDING;
                checks.add(new Check(what, Optional.empty(), outcome, "no name has a certificate there yet"));
                continue;
            }
            checks.add(listener(listener, name.orElse(""), revision, what));
        }
    }

    /** Looks whether somebody takes connections; of datagrams, nobody says. */
    public void connections(List<Port> ports) {
        for (var port : ports) {
            if (!port.datagrams()) {
                boolean taken = probe.connects(port);
                add("a connection to " + port.shown(), taken, taken ? "taken" : "nobody takes it");
            }
        }
    }

    private Check listener(Listening listener, String name, long revision, String what) {
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            var answer = probe.revision(listener, name);
            seen.merge(
                    answer.revision().map(text -> "revision " + text).orElseGet(() -> shown(answer)), 1, Integer::sum);
        }
        boolean right = seen.getOrDefault("revision " + revision, 0) == CONNECTIONS;
        // It insists that the host is the one that TLS began with, and the probe's has no certificate.
        boolean strict = seen.getOrDefault("status 421", 0) == CONNECTIONS;
        var outcome = right ? Outcome.PASSED : strict ? Outcome.PENDING : Outcome.FAILED;
        return new Check(
                what, Optional.empty(), outcome, "answered " + seen + " (expected: revision " + revision + ")");
    }

    /** Returns a name by which TLS begins. A certificate of an own authority is made within moments; of another one, nobody waits for it. */
    private Optional<String> name(Listening listener) {
        if (!listener.encrypted()) {
            return listener.names().stream().findFirst();
        }
        long end = System.nanoTime() + CERTIFICATE_NANOS;
        do {
            for (var name : listener.names()
                    .subList(0, Math.min(NAMES_MAX, listener.names().size()))) {
                if (probe.revision(listener, name).status() != Answer.NO_HANDSHAKE) {
                    return Optional.of(name);
                }
            }
            LockSupport.parkNanos(WAIT_NANOS);
        } while (!listener.names().isEmpty() && System.nanoTime() < end);
        return Optional.empty();
    }

    private static String shown(Answer answer) {
        return answer.status() >= 100 ? "status " + answer.status() : answer.said();
    }

    /** Looks whether requests of routes reach what they lead to: several at a time, since each may be waited for. */
    public void routes(List<Asked> routes) {
        var asked = routes.subList(0, Math.min(ROUTES_MAX, routes.size()));
        if (asked.isEmpty()) {
            return;
        }
        var threads = Executors.newFixedThreadPool(
                Math.min(ASKED_AT_ONCE, asked.size()), NamedThreads.waiting("rookery-probe"));
        try {
            asked.stream()
                    .map(route -> CompletableFuture.supplyAsync(() -> route(route), carrying(threads)))
                    .toList()
                    .forEach(check -> checks.add(check.join()));
        } finally {
            threads.shutdown();
        }
    }

    private static Executor carrying(Executor threads) {
        return task -> threads.execute(Correlation.carry(task));
    }

    private Check route(Asked route) {
        var answer = probe.ask(route.listener(), route.host(), route.host(), route.path());
        var what = route.host() + route.path();
        var at = Optional.of(route.id());
        if (answer.status() == Answer.NO_HANDSHAKE) {
            return new Check(what, at, Outcome.PENDING, "no certificate yet");
        }
        if (answer.status() >= 502 && answer.status() <= 504) {
            return new Check(what, at, Outcome.PENDING, "the upstream does not answer: " + shown(answer));
        }
        return answer.status() == Answer.NOTHING
                ? new Check(what, at, Outcome.PENDING, "no answer: " + answer.said())
                : new Check(what, at, Outcome.PASSED, shown(answer));
    }

    /**
     * A route that is asked.
     *
     * @param id of it
     * @param listener where it is reached
     * @param host a name of it
     * @param path one of it
     */
    public record Asked(String id, Listening listener, String host, String path) {}
}
