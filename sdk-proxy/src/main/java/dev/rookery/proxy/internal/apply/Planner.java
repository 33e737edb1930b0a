package dev.rookery.proxy.internal.apply;

import dev.rookery.proxy.Finding;
import dev.rookery.proxy.apply.ApplyPlan;
import dev.rookery.proxy.apply.Candidate;
import dev.rookery.proxy.apply.EngineException;
import dev.rookery.proxy.apply.ProxyEngine;
import dev.rookery.proxy.apply.Running;
import dev.rookery.proxy.internal.store.Differences;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.store.Revision;
import java.util.ArrayList;
import java.util.Optional;

/** Finds out what a document would do, without doing it. Thread-safe. */
final class Planner {

    private final ProxyEngine engine;
    private final DocumentChecks checks;

    Planner(ProxyEngine engine, DocumentChecks checks) {
        this.engine = engine;
        this.checks = checks;
    }

    ApplyPlan plan(Revision base, ProxyDocument document) {
        return validated(base, checked(base, base.document(), document));
    }

    /**
     * Returns what our own checks say.
     *
     * @param base what is saved
     * @param before what the document was made of: what is saved, or what another change makes of it first
     */
    ApplyPlan checked(Revision base, ProxyDocument before, ProxyDocument document) {
        return new ApplyPlan(
                base.header(),
                document,
                Differences.between(before, document),
                checks.check(before, document),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Adds what the engine's program says, unless our own checks say enough. */
    ApplyPlan validated(Revision base, ApplyPlan plan) {
        if (plan.findings().stream().anyMatch(Finding::error)) {
            return plan;
        }
        var made = engine.candidate(plan.document(), base.number() + 1);
        var findings = new ArrayList<>(plan.findings());
        if (!plan.document().equals(base.document())) {
            findings.addAll(engine.validate(made));
        }
        return new ApplyPlan(
                plan.base(),
                plan.document(),
                plan.differences(),
                findings,
                plan.running(),
                Optional.of(made),
                plan.cloud());
    }

    ApplyPlan withRunning(ApplyPlan plan) {
        var running = running();
        return new ApplyPlan(
                plan.base(),
                plan.document(),
                plan.differences(),
                plan.findings(),
                running,
                plan.candidate()
                        .map(candidate ->
                                running.flatMap(now -> same(plan, now)).orElse(candidate)),
                plan.cloud());
    }

    /** What is the same but for the revision that it answers is not applied again. */
    private Optional<Candidate> same(ApplyPlan plan, Running running) {
        long marker = running.content().revision();
        return marker == 0
                ? Optional.empty()
                : Optional.of(engine.candidate(plan.document(), marker)).filter(running::is);
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
