package dev.rookery.proxy.internal.apply;

import dev.rookery.proxy.apply.CertificateOrder;
import dev.rookery.proxy.apply.CertificateSource;
import dev.rookery.proxy.apply.CertificateState;
import dev.rookery.proxy.apply.EngineException;
import dev.rookery.proxy.apply.ProxyEngine;
import dev.rookery.proxy.apply.ProxyEvent;
import dev.rookery.proxy.internal.certificate.CertificateFile;
import dev.rookery.proxy.internal.certificate.UnusableFileException;
import dev.rookery.proxy.internal.name.Domain;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.store.Revision;
import dev.rookery.proxy.store.RouteStore;
import dev.rookery.proxy.store.StageState;
import dev.rookery.proxy.store.StoreException;
import dev.rookery.proxy.store.StoreLock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Gets the certificates of what an engine provably runs, one after the other, and others in time before they end. A certificate that has come, by us or by
 * somebody else, is a reason to look at the engine again. One of all processes at an engine does so at a time. Called by one thread.
 */
final class CertificateStage {

    private static final Duration PERIOD = Duration.ofHours(1);
    private static final Duration LOCK_LIMIT = Duration.ofSeconds(1);
    private static final Duration BUSY = Duration.ofMinutes(1);

    private final RouteStore store;
    private final ProxyEngine engine;
    private final Optional<CertificateSource> source;
    private final ExpiryWatch watch;
    private final Clock clock;
    private final Events events;
    private final Runnable apply;
    private volatile List<CertificateState> states = List.of();

    /**
     * Creates it.
     *
     * @param source empty if the engine gets its certificates itself, or somebody else does
     * @param apply brings the engine to what is saved, with the certificates that are there
     */
    CertificateStage(
            RouteStore store,
            ProxyEngine engine,
            Optional<CertificateSource> source,
            ExpiryWatch watch,
            Clock clock,
            Events events,
            Runnable apply) {
        this.store = store;
        this.engine = engine;
        this.source = source;
        this.watch = watch;
        this.clock = clock;
        this.events = events;
        this.apply = apply;
    }

    /** Returns how far the certificates of names were when somebody last looked. */
    List<CertificateState> states() {
        return states;
    }

    /** Does what is due, and returns when to look again. */
    Instant look() {
        StoreLock lock;
        try {
            lock = store.lock("certificates-" + engine.name(), LOCK_LIMIT);
        } catch (StoreException e) {
            if (e.problem() != StoreException.Problem.LOCKED) {
                throw e;
            }
            return clock.instant().plus(BUSY);
        }
        try {
            while (source.filter(this::issued).isPresent()) {
                apply.run();
            }
            if (watch.look(running())) {
                apply.run();
            }
        } finally {
            lock.close();
        }
        return next();
    }

    private Instant next() {
        var latest = clock.instant().plus(PERIOD);
        return states.stream()
                .flatMap(state -> state.nextAt().stream())
                .filter(at -> at.isBefore(latest))
                .min(Instant::compareTo)
                .orElse(latest);
    }

    private ProxyDocument running() {
        return store.stage(engine.name())
                .map(StageState::revision)
                .flatMap(store::find)
                .map(Revision::document)
                .orElse(ProxyDocument.EMPTY);
    }

    /** Gets the first certificate that is due; returns whether one has come. What fails is not due again for a while. */
    private boolean issued(CertificateSource from) {
        var orders = CertificateOrders.of(running());
        look(from, orders);
        for (var order : orders) {
            if (!state(from, order).nextAt().orElse(Instant.MAX).isAfter(clock.instant()) && issued(from, order)) {
                return true;
            }
        }
        look(from, orders);
        return false;
    }

    private void look(CertificateSource from, List<CertificateOrder> orders) {
        states = orders.stream().map(order -> state(from, order)).toList();
    }

    private boolean issued(CertificateSource from, CertificateOrder order) {
        var note = note(from, order, read(from, order));
        Optional<CertificateNote> failed = Optional.empty();
        try {
            from.issue(order);
            var made = read(from, order);
            if (made.filter(better -> better.renewAt().isAfter(clock.instant())).isEmpty()) {
                var print = made.map(CertificateFile::print).orElse("");
                var said = "what came " + wrong(from.file(order.domain()), order);
                failed = Optional.of(note.failed(true, said, clock.instant()).withPrint(print));
            }
        } catch (RuntimeException e) {
            boolean asked =
                    !(e instanceof EngineException said && said.problem() == EngineException.Problem.UNAVAILABLE);
            failed = Optional.of(note.failed(asked, String.valueOf(e.getMessage()), clock.instant()));
        }
        failed.ifPresent(now -> now.keep(store));
        var state = state(from, order);
        events.tell(correlation -> new ProxyEvent.CertificateTold(correlation, state));
        return failed.isEmpty();
    }

    /** Returns what makes a certificate that was issued none for an order. */
    private static String wrong(Path file, CertificateOrder order) {
        try {
            boolean fits = CertificateFile.read(file).covers(Domain.parse(order.domain()));
            return fits ? "is due to be renewed already" : "is for other names";
        } catch (UnusableFileException e) {
            return "cannot be used: " + e.getMessage();
        }
    }

    private CertificateState state(CertificateSource from, CertificateOrder order) {
        var there = read(from, order);
        var note = note(from, order, there);
        var due = there.map(CertificateFile::renewAt).orElse(Instant.EPOCH);
        var again = note.nextAt();
        return new CertificateState(
                order.domain(),
                there.map(CertificateFile::expires),
                note.said(),
                Optional.of(due.isAfter(again) ? due : again));
    }

    private CertificateNote note(CertificateSource from, CertificateOrder order, Optional<CertificateFile> there) {
        return CertificateNote.of(store, engine.name(), from.file(order.domain()))
                .about(there.map(CertificateFile::print).orElse(""), clock.instant());
    }

    private static Optional<CertificateFile> read(CertificateSource from, CertificateOrder order) {
        return CertificateFile.find(from.file(order.domain()))
                .filter(file -> file.covers(Domain.parse(order.domain())));
    }
}
