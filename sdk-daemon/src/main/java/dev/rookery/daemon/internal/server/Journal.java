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
        var servers = new ArrayList<ServerRecord>();
        var unreadable = new ArrayList<>(stored.unreadable());
        for (var server : stored.servers()) {
            try {
                servers.add(read(server));
            } catch (IllegalArgumentException e) {
                unreadable.add(new UnreadableServer(server.id().toString(), "its state: " + e.getMessage()));
            }
        }
        return new Kept(servers, unreadable);
    }

    /** Adds a server; returns false if it is there already. */
    public boolean add(ServerId server, ServerConfiguration configuration, Lifecycle lifecycle) {
        return store.add(server, configuration, write(lifecycle));
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
            store.forget(server, reports);
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

    private static ServerRecord read(StoredServer server) {
        var state = server.state();
        var phase = Phase.valueOf(state.phase());
        var reinstall = state.reinstall();
        var lifecycle = Lifecycle.offline(state.suspended(), state.crashDetection()).toBuilder()
                .phase(phase)
                .resume(phase)
                .epoch(state.epoch())
                .next(Lifecycle.Next.valueOf(state.next()))
                .install(reinstall == null ? null : new Lifecycle.InstallWish(reinstall, state.startAfter()))
                .killed(state.killed())
                .lastCrash(state.lastCrash())
                .stopDeadline(state.stopDeadline())
                .build();
        return new ServerRecord(
                server.id(),
                server.configuration(),
                lifecycle,
                server.container(),
                server.consoleBase(),
                server.tail());
    }

    private static StoredState write(Lifecycle state) {
        var install = state.install();
        return StoredState.builder()
                .phase(state.resume().name())
                .next(state.next().name())
                .epoch(state.epoch())
                .killed(state.killed())
                .suspended(state.suspended())
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
     * @param unreadable rows that make no sense, which are left as they are
     */
    public record Kept(List<ServerRecord> servers, List<UnreadableServer> unreadable) {

        /** Copies both. */
        public Kept {
            servers = List.copyOf(servers);
            unreadable = List.copyOf(unreadable);
        }
    }
}
