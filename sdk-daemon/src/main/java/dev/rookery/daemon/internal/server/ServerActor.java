package dev.rookery.daemon.internal.server;

import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.node.PowerAction;
import dev.rookery.daemon.internal.server.Transition.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the state of one server: takes events one after another, has the reducer decide, stores the decision, then has its effects
 * begun. Thread-safe.
 */
final class ServerActor {

    private static final Logger LOG = LoggerFactory.getLogger(ServerActor.class);
    private static final long STORE_AGAIN_SECONDS = 2;

    private final ServerId id;
    private final ServerReducer reducer;
    private final NodeServices services;
    private final Mailbox mailbox;
    private final Consumer<Effect> effects;
    private volatile Lifecycle state;
    /** Completed once no process of it can run any more; a new one as soon as one may. */
    private volatile CompletableFuture<Boolean> down = new CompletableFuture<>();
    /** What the store has, which is not written again; null if that is not known. Used in the mailbox only. */
    private @Nullable Lifecycle stored;
    /** What was decided and could not be stored, oldest first. Used in the mailbox only. */
    private final List<Effect> owed = new ArrayList<>();
    /** Whether somebody will try to store it again. Used in the mailbox only. */
    private boolean storeDue;

    /**
     * Creates it.
     *
     * @param stored whether the state is what the store has
     */
    ServerActor(ServerId id, Lifecycle state, boolean stored, NodeServices services, Consumer<Effect> effects) {
        this.id = id;
        this.state = state;
        this.stored = stored ? state : null;
        this.services = services;
        this.reducer = new ServerReducer(
                services.options().crashDetection(), services.options().power());
        this.mailbox = new Mailbox(services.threads());
        this.effects = effects;
        note(state);
    }

    Lifecycle state() {
        return state;
    }

    /** Returns what completes once no process of it can run any more. */
    CompletableFuture<Boolean> down() {
        return down.copy();
    }

    private void note(Lifecycle present) {
        if (!present.phase().mayHaveProcess() && present.phase() != Phase.BOOTING) {
            down.complete(true);
        } else if (down.isDone()) {
            down = new CompletableFuture<>();
        }
    }

    /**
     * Gives the server an event.
     *
     * @return done once the decision is stored; empty if a wish was granted, fails if one to begin something could not be stored
     */
    CompletableFuture<Optional<Refusal>> tell(ServerEvent event) {
        var answer = new CompletableFuture<Optional<Refusal>>();
        mailbox.post(
                () -> handle(event, answer),
                () -> answer.completeExceptionally(new UnavailableException("the node is stopping; try again later")));
        return answer;
    }

    private void handle(ServerEvent event, CompletableFuture<Optional<Refusal>> answer) {
        try {
            decide(event, answer);
        } catch (Throwable e) {
            answer.completeExceptionally(e);
            throw e;
        }
    }

    private void decide(ServerEvent event, CompletableFuture<Optional<Refusal>> answer) {
        var before = state;
        var transition = reducer.reduce(before, event, services.clock().instant());
        try {
            store(transition);
        } catch (RuntimeException e) {
            stored = null;
            if (begins(event)) {
                answer.completeExceptionally(e);
                return;
            }
            if (transition.state().phase() == Phase.DELETED) {
                // Nobody is told of a deletion that the next start of the daemon would not know of.
                LOG.warn("server {}: that it is deleted cannot be stored yet: {}", id, e.getMessage());
                later(() -> handle(event, answer));
                return;
            }
            // What has happened has happened, stored or not: going on in memory is the lesser evil.
            LOG.error("server {}: the state could not be stored, which is tried again", id, e);
            transition.effects().stream().filter(Journal::told).forEach(this::owe);
            storeLater();
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
        note(state);
        transition.effects().forEach(this::begin);
        answer.complete(Optional.ofNullable(transition.refusal()));
    }

    private void store(Transition transition) {
        var all = transition;
        if (!owed.isEmpty()) {
            var effectsToo = new ArrayList<>(owed);
            effectsToo.addAll(transition.effects());
            all = new Transition(transition.state(), effectsToo, transition.refusal());
        }
        if (services.journal().keep(id, stored, all)) {
            services.reports().run();
        }
        stored = transition.state();
        owed.clear();
    }

    /** The panel is told of the way from the first state to the last one: what lies between is as long as the disk is full. */
    private void owe(Effect effect) {
        int last = owed.size() - 1;
        if (last >= 0 && effect instanceof Effect.Publish now && owed.get(last) instanceof Effect.Publish before) {
            owed.set(last, new Effect.Publish(before.previous(), now.now()));
        } else {
            owed.add(effect);
        }
    }

    private void storeLater() {
        if (!storeDue) {
            storeDue = true;
            later(this::storeAgain);
        }
    }

    private void later(Runnable task) {
        try {
            services.timer()
                    .schedule(
                            () -> mailbox.post(
                                    task, () -> LOG.debug("server {}: the daemon is closing, its state is lost", id)),
                            STORE_AGAIN_SECONDS,
                            TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("server {}: the daemon is closing, its state is not stored any more", id, e);
        }
    }

    private void storeAgain() {
        storeDue = false;
        if (stored != null) {
            return;
        }
        try {
            store(new Transition(state, List.of(), null));
            LOG.info("server {}: the state is stored again", id);
        } catch (RuntimeException e) {
            LOG.debug("server {}: the state can still not be stored", id, e);
            storeLater();
        }
    }

    private void begin(Effect effect) {
        try {
            effects.accept(effect);
        } catch (RejectedExecutionException e) {
            LOG.debug("server {}: the daemon is closing, {} is left to its next start", id, effect, e);
        } catch (RuntimeException | Error e) {
            // Errors too: the effects behind this one are wanted all the same.
            LOG.error("server {}: {} could not be begun", id, effect, e);
        }
    }

    /**
     * Whether it is a wish that begins something, which is refused where it cannot be stored. A wish that ends something is carried out all
     * the same, and stored later: it may be the one that makes room on a full disk.
     */
    private static boolean begins(ServerEvent event) {
        return event instanceof ServerEvent.Install
                || (event instanceof ServerEvent.Transfer transfer && transfer.begins())
                || (event instanceof ServerEvent.Power power
                        && (power.action() == PowerAction.START || power.action() == PowerAction.RESTART));
    }
}
