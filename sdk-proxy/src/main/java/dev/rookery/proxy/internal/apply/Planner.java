package dev.rookery.proxy.internal.apply;

import dev.rookery.proxy.Finding;
import dev.rookery.proxy.RouteCheck;
import dev.rookery.proxy.apply.ApplyPlan;
import dev.rookery.proxy.apply.Candidate;
import dev.rookery.proxy.apply.EngineException;
import dev.rookery.proxy.apply.ProxyEngine;
import dev.rookery.proxy.apply.Running;
import dev.rookery.proxy.internal.store.Differences;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.store.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out what a document would do, without doing it. Thread-safe. */
final class Planner {

    private final ProxyEngine engine;

    Planner(ProxyEngine engine) {
        this.engine = engine;
    }

    ApplyPlan plan(Revision base, ProxyDocument document) {
        var differences = Differences.between(base.document(), document);
        var findings = new ArrayList<>(RouteCheck.check(document, engine.features()));
        Optional<Candidate> candidate = Optional.empty();
        if (findings.stream().noneMatch(Finding::error)) {
            var made = engine.candidate(document, base.number() + 1);
            candidate = Optional.of(made);
            if (!differences.isEmpty()) {
                findings.addAll(engine.validate(made));
            }
        }
        return new ApplyPlan(
                base.header(),
                document,
                differences,
                List.copyOf(findings),
                Optional.empty(),
                candidate,
                Optional.empty());
    }

    ApplyPlan withRunning(ApplyPlan plan) {
        return new ApplyPlan(
                plan.base(),
                plan.document(),
                plan.differences(),
                plan.findings(),
                running(),
                plan.candidate(),
                plan.cloud());
    }

    /** An engine that is away is no reason not to plan: what is saved is applied when it is back. */
    private Optional<Running> running() {
        try {
            return Optional.of(engine.running());
        } catch (EngineException ignored) {
            return Optional.empty();
        }
    }
}
