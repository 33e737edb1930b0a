package dev.rookery.proxy.engine;

import dev.rookery.api.Incubating;
import dev.rookery.api.Json;
import dev.rookery.proxy.EngineFeatures;
import dev.rookery.proxy.Finding;
import dev.rookery.proxy.NginxConfig;
import dev.rookery.proxy.NginxOptions;
import dev.rookery.proxy.apply.Candidate;
import dev.rookery.proxy.apply.EngineException;
import dev.rookery.proxy.apply.EngineException.Problem;
import dev.rookery.proxy.apply.Proof;
import dev.rookery.proxy.apply.ProxyEngine;
import dev.rookery.proxy.apply.Running;
import dev.rookery.proxy.internal.name.Shown;
import dev.rookery.proxy.internal.nginx.NginxBinary;
import dev.rookery.proxy.internal.nginx.NginxListeners;
import dev.rookery.proxy.internal.nginx.NginxMachine;
import dev.rookery.proxy.internal.nginx.NginxReleases;
import dev.rookery.proxy.internal.probe.Port;
import dev.rookery.proxy.internal.probe.Probe;
import dev.rookery.proxy.internal.probe.Proofs;
import dev.rookery.proxy.route.ProxyDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * An nginx whose whole configuration is a folder that a link leads to. A candidate is tried beside what runs; then the link is changed and nginx told
 * to read again. It says nothing of what becomes of that: only a proof does. Thread-safe as far as {@link ProxyEngine} asks. Source: proxy
 * specification §3.3.
 *
 * <p>What {@link #candidate} makes depends on which certificates are there: names without one are only reached without TLS, to get theirs, and one that was
 * renewed makes it another candidate.
 */
@Incubating
public final class NginxEngine implements ProxyEngine {

    /** The configuration with the revision of what runs, and with that of what is to run: both are asked for several times on the way of a change. */
    private static final int KEPT = 2;

    private static final long WAIT_NANOS = 50_000_000L;
    private static final int SAID_MAX = 300;

    private final NginxEngineOptions options;
    private final NginxBinary binary;
    private final EngineFeatures features;
    private final NginxReleases releases;
    private final NginxMachine machine;
    private final Probe probe;
    private final Recent<Made> known = new Recent<>(KEPT);
    private volatile Optional<Json> before = Optional.empty();
    private volatile long noted;

    private NginxEngine(NginxEngineOptions options) {
        this.options = options;
        this.binary = new NginxBinary(options.program(), options.directory(), options.timeout());
        this.features = binary.features();
        this.releases = new NginxReleases(options.directory(), reader());
        this.machine = new NginxMachine(options.directory());
        this.probe = new Probe(options.probeTimeout());
    }

    /**
     * Returns what drives an nginx. The program is asked what it can do.
     *
     * @throws EngineException {@link Problem#UNAVAILABLE} if it cannot be asked
     */
    public static NginxEngine of(NginxEngineOptions options) {
        return new NginxEngine(options);
    }

    /** Only the system's administrator can give workers the rights of another user. */
    private Optional<String> reader() {
        return System.getProperty("user.name").equals("root")
                ? options.user().or(() -> Optional.of(binary.user()))
                : Optional.empty();
    }

    @Override
    public String name() {
        return options.name();
    }

    @Override
    public EngineFeatures features() {
        return features;
    }

    @Override
    public boolean sharesFiles() {
        return true;
    }

    @Override
    public Candidate candidate(ProxyDocument document, long revision) {
        var issued = NginxMachine.issued(options.certificates());
        var made = NginxOptions.builder(revision)
                .ipv6(options.ipv6())
                .user(options.user())
                .streamModule(binary.streamModule())
                .resolvers(options.resolvers().isEmpty() ? NginxMachine.resolvers() : options.resolvers())
                .certificates(options.certificates().toString())
                .challenges(options.challenges().toString())
                .issued(issued)
                .prints(NginxMachine.prints(document, options.certificates(), issued))
                .build();
        return known.find(one -> one.options().equals(made) && one.document().equals(document))
                .map(Made::candidate)
                .orElseGet(() -> make(document, made));
    }

    private Candidate make(ProxyDocument document, NginxOptions made) {
        var files = new LinkedHashMap<String, String>();
        NginxConfig.of(document, features, made)
                .files()
                .forEach((name, bytes) -> files.put(name, new String(bytes, StandardCharsets.UTF_8)));
        var candidate = new Candidate(made.revision(), files);
        known.keep(new Made(document, made, candidate));
        return candidate;
    }

    @Override
    public List<Finding> validate(Candidate candidate) {
        return io(() -> {
            var name = releases.write(candidate);
            var said = binary.test(releases.main(name));
            if (said.isPresent()) {
                releases.delete(name);
            }
            return said.map(text ->
                            List.of(new Finding("ENGINE_REFUSED", Finding.Severity.ERROR, Optional.empty(), "", text)))
                    .orElseGet(List::of);
        });
    }

    @Override
    public Running running() {
        return io(() -> {
            var name = releases.name();
            if (name.isEmpty() || machine.process().isEmpty()) {
                return new Running("stopped", new Candidate(0, Map.of()));
            }
            return new Running(name.get(), releases.read(name.get()));
        });
    }

    @Override
    public void apply(Candidate candidate, Running seen) {
        if (!running().guard().equals(seen.guard())) {
            throw new EngineException(Problem.CHANGED, "somebody else changed what nginx runs");
        }
        before = NginxListeners.summary(seen.content());
        Port.requireFree(NginxListeners.ports(NginxListeners.summary(candidate)), NginxListeners.ports(before));
        run(candidate);
    }

    private void run(Candidate candidate) {
        io(() -> {
            var name = releases.write(candidate);
            releases.choose(name);
            noted = machine.noted();
            if (machine.process().isPresent()) {
                binary.signal("reload");
            } else if (options.start()) {
                binary.start(releases.current());
            } else {
                throw new EngineException(Problem.UNAVAILABLE, "nginx does not run (expected: somebody starts it)");
            }
            return name;
        });
    }

    @Override
    public Proof prove(Candidate candidate) {
        var summary = NginxListeners.summary(candidate);
        var listeners = NginxListeners.of(summary);
        boolean same = false;
        long end = System.nanoTime() + options.timeout().toNanos();
        while (true) {
            var proofs = new Proofs(probe);
            // It writes the number of its process only after it has begun. What was seen once is not read again.
            same = same || running().is(candidate);
            proofs.add("nginx's folder", same, same ? "it leads to this" : "it leads to something else");
            proofs.listeners(listeners, candidate.revision());
            proofs.connections(NginxListeners.streams(summary));
            // It reads for seconds if there is much, and old processes go on until then: only what went wrong is noted.
            var error = machine.lastError(noted);
            if (proofs.proof().proven() || error.isPresent() || System.nanoTime() > end) {
                error.ifPresent(said -> proofs.note("nginx's log", Shown.of(said, SAID_MAX)));
                proofs.routes(NginxListeners.changed(summary, before));
                return proofs.proof();
            }
            LockSupport.parkNanos(WAIT_NANOS);
        }
    }

    @Override
    public void keep(Candidate candidate) {
        io(() -> {
            releases.prune();
            return candidate;
        });
    }

    @Override
    public void restore(Running old) {
        if (!old.content().files().isEmpty()) {
            run(old.content());
            return;
        }
        io(() -> {
            if (machine.process().isPresent()) {
                binary.signal("stop");
            }
            releases.chooseNone();
            return old;
        });
    }

    private <T> T io(Work<T> work) {
        try {
            return work.done();
        } catch (IOException e) {
            throw new EngineException(
                    Problem.UNAVAILABLE,
                    options.directory() + " cannot be used: " + e.getClass().getSimpleName(),
                    e);
        }
    }

    @Override
    public void close() {
        probe.close();
    }

    /** A configuration that was made. */
    private record Made(ProxyDocument document, NginxOptions options, Candidate candidate) {}

    /** Something with files. */
    @FunctionalInterface
    private interface Work<T> {
        T done() throws IOException;
    }
}
