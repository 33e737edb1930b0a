package dev.rookery.proxy.internal.apply;

import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.Finding;
import dev.rookery.proxy.RouteCheck;
import dev.rookery.proxy.apply.NameOwners;
import dev.rookery.proxy.apply.ProxyEngine;
import dev.rookery.proxy.apply.UpstreamNames;
import dev.rookery.proxy.internal.check.CertificateFileCheck;
import dev.rookery.proxy.internal.check.NameOwnerCheck;
import dev.rookery.proxy.internal.check.UpstreamNameCheck;
import dev.rookery.proxy.route.ProxyDocument;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Our own checks of a document: of what it says, of the files that it names, of whose names they are, and of where it leads. Thread-safe. */
public final class DocumentChecks {

    private final ProxyEngine engine;
    private final NameOwners owners;
    private final UpstreamNames upstreams;
    private final Clock clock;

    /** Creates the checks of what an engine is to run. */
    public DocumentChecks(ProxyEngine engine, NameOwners owners, UpstreamNames upstreams, Clock clock) {
        this.engine = engine;
        this.owners = owners;
        this.upstreams = upstreams;
        this.clock = clock;
    }

    /** Returns everything that is wrong with a document that is made of another one. */
    List<Finding> check(ProxyDocument before, ProxyDocument document) {
        var findings = new ArrayList<>(RouteCheck.check(document, engine.features()));
        findings.addAll(files(document));
        findings.addAll(NameOwnerCheck.check(before, document, owners));
        findings.addAll(UpstreamNameCheck.check(before, document, upstreams));
        return findings;
    }

    /**
     * Checks what an engine gets that does not run it yet: files may have gone since it was saved.
     *
     * @throws InvalidInputException if it would not take one of them; the message is the first reason
     */
    void requireFiles(ProxyDocument document) {
        files(document).stream().filter(Finding::error).findFirst().ifPresent(finding -> {
            throw new InvalidInputException("at '" + finding.pointer() + "': " + finding.message());
        });
    }

    private List<Finding> files(ProxyDocument document) {
        return engine.sharesFiles() ? CertificateFileCheck.check(document, clock.instant()) : List.of();
    }
}
