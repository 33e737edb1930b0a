package dev.rookery.proxy.engine;

import dev.rookery.api.Incubating;
import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.EngineFeatures;
import dev.rookery.proxy.Finding;
import dev.rookery.proxy.apply.Candidate;
import dev.rookery.proxy.apply.EngineException;
import dev.rookery.proxy.apply.EngineException.Problem;
import dev.rookery.proxy.apply.Proof;
import dev.rookery.proxy.apply.ProxyEngine;
import dev.rookery.proxy.apply.Running;
import dev.rookery.proxy.internal.caddy.CaddyListeners;
import dev.rookery.proxy.internal.probe.Probe;
import dev.rookery.proxy.internal.probe.Proofs;
import dev.rookery.proxy.route.ProxyDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A Caddy that watches a file ({@code caddy run --watch}), for where nobody may talk to its administration. The file is replaced as a whole. Caddy does
 * not say whether it took it: only a proof does. Thread-safe as far as {@link ProxyEngine} asks.
 */
@Incubating
public final class CaddyFileEngine implements ProxyEngine {

    private static final long WAIT_NANOS = 100_000_000L;

    private final CaddyEngineOptions options;
    private final Path file;
    private final CaddyCandidates candidates;
    private final Probe probe;
    private volatile Optional<Candidate> before = Optional.empty();

    private CaddyFileEngine(CaddyEngineOptions options, Path file) {
        this.options = options;
        this.file = file;
        this.candidates = new CaddyCandidates(options);
        this.probe = new Probe(options.probeTimeout());
    }

    /**
     * Returns what drives a Caddy by its {@linkplain CaddyEngineOptions#bootFile() file}.
     *
     * @throws InvalidInputException if the options name none
     * @throws EngineException {@link Problem#UNAVAILABLE} if there is a program that cannot be asked what it can do
     */
    public static CaddyFileEngine of(CaddyEngineOptions options) {
        var file = options.bootFile()
                .orElseThrow(() -> new InvalidInputException("bootFile: none (expected: the file that Caddy watches)"));
        return new CaddyFileEngine(options, file);
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

    /** Returns what the file says. */
    @Override
    public Running running() {
        try {
            var content = candidates.read(file.toString(), Files.readString(file));
            return new Running(candidates.text(content), content);
        } catch (NoSuchFileException e) {
            return new Running("", new Candidate(0, Map.of()));
        } catch (IOException e) {
            throw new EngineException(Problem.UNAVAILABLE, file + " cannot be read", e);
        }
    }

    @Override
    public void apply(Candidate candidate, Running seen) {
        if (!running().guard().equals(seen.guard())) {
            throw new EngineException(Problem.CHANGED, "somebody else changed " + file);
        }
        before = Optional.of(seen.content());
        if (options.ports()) {
            candidates.requirePorts(candidate, before);
        }
        CaddyCandidates.write(file, candidates.text(candidate));
    }

    @Override
    public Proof prove(Candidate candidate) {
        var wanted = candidates.json(candidate);
        long end = System.nanoTime() + options.timeout().toNanos();
        while (true) {
            var proofs = new Proofs(probe);
            boolean same = running().is(candidate);
            proofs.add(file.toString(), same, same ? "it has this" : "it has something else");
            proofs.listeners(CaddyListeners.of(wanted), candidate.revision());
            proofs.connections(CaddyListeners.streams(wanted));
            // Caddy looks at its file once in a while.
            if (proofs.proof().proven() || System.nanoTime() > end) {
                proofs.routes(CaddyListeners.changed(wanted, before.flatMap(candidates::present)));
                return proofs.proof();
            }
            LockSupport.parkNanos(WAIT_NANOS);
        }
    }

    /** Does nothing: the file is what Caddy starts with. */
    @Override
    public void keep(Candidate candidate) {}

    @Override
    public void restore(Running old) {
        CaddyCandidates.write(file, candidates.text(old.content()));
    }

    @Override
    public void close() {
        probe.close();
    }
}
