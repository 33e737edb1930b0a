package dev.rookery.proxy.internal.apply;

import dev.rookery.proxy.apply.CertificateSource;
import dev.rookery.proxy.apply.ProxyEngine;
import dev.rookery.proxy.apply.ProxyEvent;
import dev.rookery.proxy.internal.certificate.CertificateFile;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.store.RouteStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Looks at the certificates in files that a document uses: which end soon, and which are others than last time. Called by one thread. */
final class ExpiryWatch {

    private final RouteStore store;
    private final ProxyEngine engine;
    private final Optional<CertificateSource> source;
    private final List<Duration> warnings;
    private final Clock clock;
    private final Events events;
    private Optional<Map<Path, String>> seen = Optional.empty();

    /**
     * Creates it.
     *
     * @param warnings how long before the end of a certificate somebody is told, each once
     */
    ExpiryWatch(
            RouteStore store,
            ProxyEngine engine,
            Optional<CertificateSource> source,
            Set<Duration> warnings,
            Clock clock,
            Events events) {
        this.store = store;
        this.engine = engine;
        this.source = source;
        // The end itself is told in any case.
        var all = new TreeSet<>(warnings);
        all.add(Duration.ZERO);
        this.warnings = List.copyOf(all);
        this.clock = clock;
        this.events = events;
    }

    /** Tells of what ends; returns whether a file has another certificate than when it was looked at last. */
    boolean look(ProxyDocument document) {
        var prints = new TreeMap<Path, String>();
        named(document).forEach(file -> look(file, prints).ifPresent(this::tell));
        // Of those that are renewed in time, nobody has to know.
        got(document)
                .forEach(file -> look(file, prints)
                        .filter(read -> !read.renewAt().isAfter(clock.instant()))
                        .ifPresent(this::tell));
        boolean other = seen.filter(before -> !before.equals(prints)).isPresent();
        seen = Optional.of(prints);
        return other;
    }

    private static Optional<CertificateFile> look(Path file, Map<Path, String> prints) {
        var read = CertificateFile.find(file);
        // Changes are checked for one that nobody can use, and an engine without the file says so itself.
        prints.put(file, read.map(CertificateFile::print).orElse(""));
        return read;
    }

    private Set<Path> named(ProxyDocument document) {
        return engine.sharesFiles()
                ? CertificateFile.named(document).stream().map(Path::of).collect(Collectors.toCollection(TreeSet::new))
                : Set.of();
    }

    private Set<Path> got(ProxyDocument document) {
        var files = new TreeSet<Path>();
        source.ifPresent(from -> CertificateOrders.of(document).forEach(order -> files.add(from.file(order.domain()))));
        return files;
    }

    private void tell(CertificateFile file) {
        var left = Duration.between(clock.instant(), file.expires());
        var reached = warnings.stream()
                .filter(before -> left.compareTo(before) <= 0)
                .findFirst()
                .map(Duration::toSeconds);
        var before = CertificateNote.of(store, engine.name(), file.file());
        var note = before.about(file.print(), clock.instant());
        boolean failed = note.failures() > 0 && note.told() < 0;
        boolean ends = reached.filter(seconds -> note.told() < 0 || seconds < note.told())
                .isPresent();
        if (failed || ends) {
            events.tell(correlation -> new ProxyEvent.CertificateExpiring(
                    correlation, file.file(), file.names(), file.expires(), note.said()));
            note.told(reached.orElseGet(left::toSeconds)).keep(store);
        } else if (!note.equals(before)) {
            note.keep(store);
        }
    }
}
