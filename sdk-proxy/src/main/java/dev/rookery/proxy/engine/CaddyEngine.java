package dev.rookery.proxy.engine;

import dev.rookery.api.Incubating;
import dev.rookery.api.Json;
import dev.rookery.proxy.EngineFeatures;
import dev.rookery.proxy.Finding;
import dev.rookery.proxy.apply.Candidate;
import dev.rookery.proxy.apply.EngineException;
import dev.rookery.proxy.apply.EngineException.Problem;
import dev.rookery.proxy.apply.Proof;
import dev.rookery.proxy.apply.ProxyEngine;
import dev.rookery.proxy.apply.Running;
import dev.rookery.proxy.internal.caddy.CaddyAdmin;
import dev.rookery.proxy.internal.caddy.CaddyListeners;
import dev.rookery.proxy.internal.probe.Probe;
import dev.rookery.proxy.internal.probe.Proofs;
import dev.rookery.proxy.route.ProxyDocument;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A Caddy that is driven by its administration. What runs is replaced as a whole, and only if it is still what was seen. Thread-safe as far as {@link
 * ProxyEngine} asks. Source: proxy specification §2.6 to §2.10.
 */
@Incubating
public final class CaddyEngine implements ProxyEngine {

    private static final int TRIES = 3;
    private static final long WAIT_NANOS = 50_000_000L;

    private final CaddyEngineOptions options;
    private final CaddyCandidates candidates;
    private final CaddyAdmin admin;
    private final Probe probe;
    private volatile Optional<Candidate> before = Optional.empty();
    private volatile boolean startFailed;

    private CaddyEngine(CaddyEngineOptions options) {
        this.options = options;
        this.candidates = new CaddyCandidates(options);
        this.admin = new CaddyAdmin(options.admin(), options.timeout());
        this.probe = new Probe(options.probeTimeout());
    }

    /**
     * Returns what drives a Caddy. Its program is asked what it can do; its administration is not asked yet.
     *
     * @throws EngineException {@link Problem#UNAVAILABLE} if there is a program that cannot be asked
     */
    public static CaddyEngine of(CaddyEngineOptions options) {
        return new CaddyEngine(options);
    }

    @Override
    public String name() {
        return options.name();
    }

    @Override
    public EngineFeatures features() {
        return candidates.features();
    }

    @Override
    public boolean sharesFiles() {
        return options.ports();
    }

    @Override
    public Candidate candidate(ProxyDocument document, long revision) {
        return candidates.make(document, revision);
    }

    @Override
    public List<Finding> validate(Candidate candidate) {
        return candidates.validate(candidate);
    }

    @Override
    public Running running() {
        var config = admin.config();
        return new Running(
                config.mark(), candidates.read("Caddy's administration at " + options.admin(), config.text()));
    }

    @Override
    public void apply(Candidate candidate, Running seen) {
        // Before ports are tried: those of somebody else's configuration would seem to be taken.
        if (!admin.config().mark().equals(seen.guard())) {
            throw new EngineException(Problem.CHANGED, "somebody else changed what Caddy runs");
        }
        before = Optional.of(seen.content());
        if (options.ports()) {
            // Caddy 2.6 starts what it can before it sees that a port is taken, and never stops that again.
            candidates.requirePorts(candidate, before);
        }
        try {
            admin.replace(candidates.text(candidate), seen.guard());
        } catch (EngineException e) {
            startFailed |= e.problem() == Problem.UNKNOWN || started(e);
            throw e;
        }
    }

    private static boolean started(EngineException e) {
        var said = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return e.problem() == Problem.REFUSED && (said.contains("listen") || said.contains("bind"));
    }

    @Override
    public Proof prove(Candidate candidate) {
        var wanted = candidates.json(candidate);
        var proofs = new Proofs(probe);
        boolean same = running().is(candidate);
        proofs.add("Caddy's administration", same, same ? "it runs this" : "it runs something else");
        proofs.listeners(CaddyListeners.of(wanted), candidate.revision());
        proofs.connections(CaddyListeners.streams(wanted));
        // It says that it runs this, and something else answers: who left that behind may have been another process,
        // which is gone.
        startFailed |= same && !proofs.proof().proven();
        proofs.routes(CaddyListeners.changed(wanted, before.flatMap(candidates::present)));
        return proofs.proof();
    }

    @Override
    public void keep(Candidate candidate) {
        options.bootFile().ifPresent(file -> CaddyCandidates.write(file, candidates.text(candidate)));
    }

    @Override
    public void restore(Running old) {
        var config = candidates.text(old.content());
        // From 2.11 on, what did not start leaves nothing behind.
        if (startFailed && !features().atLeast(2, 11)) {
            heal(config);
        }
        for (int i = 1; ; i++) {
            try {
                admin.replace(config, admin.config().mark());
                startFailed = false;
                return;
            } catch (EngineException e) {
                if (e.problem() != Problem.CHANGED || i == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** Listeners of what was refused go on until the process ends. */
    private void heal(String config) {
        var restart = options.restart();
        if (restart.isEmpty() || options.bootFile().isEmpty()) {
            return;
        }
        CaddyCandidates.write(options.bootFile().get(), config);
        try {
            restart.get().restart();
        } catch (IOException e) {
            throw new EngineException(Problem.UNKNOWN, features().title() + " could not be restarted", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(
                    Problem.UNKNOWN, "interrupted while " + features().title() + " was restarted", e);
        }
        await();
    }

    private void await() {
        long end = System.nanoTime() + options.timeout().toNanos();
        while (true) {
            try {
                admin.config();
                return;
            } catch (EngineException e) {
                if (System.nanoTime() > end) {
                    throw new EngineException(
                            Problem.UNKNOWN, features().title() + " does not answer after its restart", e);
                }
                LockSupport.parkNanos(WAIT_NANOS);
            }
        }
    }

    /**
     * Returns what a Caddyfile means in Caddy's own form, as Caddy itself reads it; with it come its warnings. Nothing is applied.
     *
     * @throws EngineException {@link Problem#REFUSED} if it cannot be read
     */
    public Json adapt(String caddyfile) {
        return admin.adapt(caddyfile);
    }

    @Override
    public void close() {
        admin.close();
        probe.close();
    }
}
