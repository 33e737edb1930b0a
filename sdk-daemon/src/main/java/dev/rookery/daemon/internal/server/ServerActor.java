package dev.rookery.daemon.internal.server;

import dev.rookery.api.ServerId;
import dev.rookery.daemon.internal.server.Transition.Refusal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the state of one server: takes events one after another, has the reducer decide, stores the decision, then has its effects
 * begun. Thread-safe.
 */
final class ServerActor {

    private static final Logger LOG = LoggerFactory.getLogger(ServerActor.class);

    private final ServerId id;
    private final ServerReducer reducer;
    private final Journal journal;
    private final Mailbox mailbox;
    private final Consumer<Effect> effects;
    private final Runnable reports;
    private volatile Lifecycle state;

    ServerActor(
            ServerId id,
            Lifecycle state,
            ServerReducer reducer,
            Journal journal,
            Executor threads,
            Runnable reports,
            Consumer<Effect> effects) {
        this.id = id;
        this.state = state;
        this.reducer = reducer;
        this.journal = journal;
        this.mailbox = new Mailbox(threads);
        this.reports = reports;
        this.effects = effects;
    }

    Lifecycle state() {
        return state;
    }

    /**
     * Gives the server an event.
     *
     * @return done once the decision is stored; empty if a wish was granted, fails if it could not be stored
     */
    CompletableFuture<Optional<Refusal>> tell(ServerEvent event) {
        var answer = new CompletableFuture<Optional<Refusal>>();
        mailbox.post(() -> handle(event, answer));
        return answer;
    }

    private void handle(ServerEvent event, CompletableFuture<Optional<Refusal>> answer) {
        var before = state;
        var transition = reducer.reduce(before, event);
        try {
            if (!transition.state().kept().equals(before.kept())
                    || !transition.effects().isEmpty()) {
                if (journal.keep(id, transition)) {
                    reports.run();
                }
            }
        } catch (RuntimeException e) {
            if (isWish(event)) {
                answer.completeExceptionally(e);
                return;
            }
            // What has happened has happened, stored or not: going on in memory is the lesser evil.
            LOG.error("server {}: the state could not be stored", id, e);
        }
        if (transition.state().phase() != before.phase()) {
            LOG.info(
                    "server {}: {} -> {} ({})",
                    id,
                    before.phase(),
                    transition.state().phase(),
                    event);
        }
        state = transition.state();
        transition.effects().forEach(this::begin);
        answer.complete(Optional.ofNullable(transition.refusal()));
    }

    private void begin(Effect effect) {
        try {
            effects.accept(effect);
        } catch (RuntimeException e) {
            LOG.error("server {}: {} could not be begun", id, effect, e);
        }
    }

    private static boolean isWish(ServerEvent event) {
        return event instanceof ServerEvent.Power
                || event instanceof ServerEvent.Install
                || event instanceof ServerEvent.Delete;
    }
}
