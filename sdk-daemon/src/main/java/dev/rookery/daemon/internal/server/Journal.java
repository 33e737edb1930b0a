package dev.rookery.daemon.internal.server;

import dev.rookery.api.ServerId;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.StateChange;
import dev.rookery.daemon.internal.store.DaemonStore;
import dev.rookery.daemon.internal.store.OutboxEntry;
import dev.rookery.daemon.internal.store.StoredServer;
import dev.rookery.daemon.internal.store.StoredState;
import dev.rookery.daemon.internal.store.UnreadableServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps decisions in the store, and reads them from there. Thread-safe. */
public final class Journal {

    private final DaemonStore store;

    /** Creates it. */
    public Journal(DaemonStore store) {
        this.store = store;
    }

    /** Returns every server that was kept. */
    public Kept servers() {
        var stored = store.servers();
        return new Kept(stored.servers().stream().map(this::read).toList(), stored.unreadable());
    }

    /** Adds a server; returns false if it is there already. */
    public boolean add(ServerId server, ServerConfiguration configuration, Lifecycle lifecycle) {
        return store.add(server, configuration, write(lifecycle));
    }

    /** Adds a server whose configuration nobody can read; returns false if it is there already. */
    public boolean addUnreadable(ServerId server, Lifecycle lifecycle) {
        return store.addUnreadable(server, write(lifecycle));
    }

    /**
     * Keeps a decision: the new state, and with it, all or nothing, what the panel is to be told. Nothing is written where both are as they
     * were.
     *
     * @param before what is stored; null if that is not known
     * @return whether the panel is to be told anything
     */
    boolean keep(ServerId server, @Nullable Lifecycle before, Transition transition) {
        var reports = new ArrayList<OutboxEntry>();
        for (var effect : transition.effects()) {
            if (effect instanceof Effect.Publish publish) {
                reports.add(new OutboxEntry.State(new StateChange(publish.previous(), publish.now())));
            } else if (effect instanceof Effect.ReportInstall report) {
                reports.add(new OutboxEntry.Installed(
                        new InstallReport(report.successful(), report.wish().reinstall())));
            }
        }
        if (transition.state().phase() == Phase.DELETED) {
            // Once: what comes late must not take the row of a new server with the same uuid away.
            if (before == null || before.phase() != Phase.DELETED || !reports.isEmpty()) {
                store.forget(server, reports);
            }
            return !reports.isEmpty();
        }
        var state = write(transition.state());
        if (before == null || !reports.isEmpty() || !state.equals(write(before))) {
            store.keep(server, state, reports);
        }
        return !reports.isEmpty();
    }

    /** Returns whether the panel is to be told of an effect. */
    static boolean told(Effect effect) {
        return effect instanceof Effect.Publish || effect instanceof Effect.ReportInstall;
    }

    private ServerRecord read(StoredServer server) {
        var problems = new ArrayList<String>();
        server.problem().ifPresent(problems::add);
        Lifecycle lifecycle;
        try {
            lifecycle = read(server.state());
        } catch (IllegalArgumentException e) {
            problems.add("its state: " + e.getMessage());
            lifecycle = guess(server);
        }
        return new ServerRecord(
                server.id(),
                server.configuration(),
                lifecycle,
                server.container(),
                server.consoleBase(),
                server.tail(),
                problems.isEmpty() ? Optional.empty() : Optional.of(Trouble.ofStore(String.join("; ", problems))));
    }

    private static Lifecycle read(StoredState state) {
        var phase = Phase.valueOf(state.phase());
        return readable(state).toBuilder()
                .phase(phase)
                .resume(phase)
                .next(Lifecycle.Next.valueOf(state.next()))
                .killed(state.killed())
                .stopDeadline(state.stopDeadline())
                .build();
    }

    /** What needs no word to be known. */
    private static Lifecycle readable(StoredState state) {
        var reinstall = state.reinstall();
        return Lifecycle.offline(state.suspended(), state.crashDetection()).toBuilder()
                .transferring(state.transferring())
                .epoch(state.epoch())
                .install(reinstall == null ? null : new Lifecycle.InstallWish(reinstall, state.startAfter()))
                .lastCrash(state.lastCrash())
                .build();
    }

    /** What it was doing is lost: an installation that was begun is ended, else what runs says what it does. */
    private Lifecycle guess(StoredServer server) {
        var known = readable(server.state());
        if (!store.installs(server.id())) {
            return known.toBuilder().install(null).build();
        }
        var wish = known.install() == null ? new Lifecycle.InstallWish(false, false) : known.install();
        return known.toBuilder()
                .install(wish)
                .phase(Phase.INSTALLING)
                .resume(Phase.INSTALLING)
                .build();
    }

    private static StoredState write(Lifecycle state) {
        var install = state.install();
        return StoredState.builder()
                .phase(state.resume().name())
                .next(state.next().name())
                .epoch(state.epoch())
                .killed(state.killed())
                .suspended(state.suspended())
                .transferring(state.transferring())
                .crashDetection(state.crashDetection())
                .lastCrash(state.lastCrash())
                .reinstall(install == null ? null : install.reinstall())
                .startAfter(install != null && install.startAfter())
                .stopDeadline(state.stopDeadline())
                .build();
    }

    /**
     * What was kept.
     *
     * @param servers the servers
     * @param unreadable rows that do not even say which server they are about; they are left as they are
     */
    public record Kept(List<ServerRecord> servers, List<UnreadableServer> unreadable) {

        /** Copies both. */
        public Kept {
            servers = List.copyOf(servers);
            unreadable = List.copyOf(unreadable);
        }
    }
}
