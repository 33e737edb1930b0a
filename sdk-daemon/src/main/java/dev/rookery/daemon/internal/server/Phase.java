package dev.rookery.daemon.internal.server;

import dev.rookery.api.node.ServerState;

/** What a server is doing, finer than the power state that the world sees. */
public enum Phase {
    /** Taken from the store; whether its container runs is not known yet. */
    BOOTING(ServerState.OFFLINE),
    /** Nothing runs and nothing is being done. */
    OFFLINE(ServerState.OFFLINE),
    /** The install job runs. */
    INSTALLING(ServerState.OFFLINE),
    /** The launch task runs; there may or may not be a process yet. */
    LAUNCHING(ServerState.STARTING),
    /** The process runs and has not said that it is ready. */
    STARTING(ServerState.STARTING),
    /** The process runs. */
    RUNNING(ServerState.RUNNING),
    /** The process was told to end. */
    STOPPING(ServerState.STOPPING),
    /** The launch task was told to give up and has not answered. */
    ABORTING_LAUNCH(ServerState.STOPPING),
    /** The install job was told to give up and has not answered. */
    ABORTING_INSTALL(ServerState.OFFLINE),
    /** Container and files are being removed. */
    DELETING(ServerState.OFFLINE),
    /** There is nothing left. */
    DELETED(ServerState.OFFLINE);

    @SuppressWarnings("ImmutableEnumChecker") // immutable, which the check cannot see
    private final ServerState power;

    Phase(ServerState power) {
        this.power = power;
    }

    /** Returns the power state that the world sees. */
    public ServerState power() {
        return power;
    }

    /** Returns whether a process runs that was not told to end. */
    public boolean up() {
        return this == STARTING || this == RUNNING;
    }

    /** Returns whether a process may be running. */
    public boolean mayHaveProcess() {
        return up() || this == LAUNCHING || this == STOPPING || this == ABORTING_LAUNCH;
    }

    /** Returns whether the install job runs. */
    public boolean installing() {
        return this == INSTALLING || this == ABORTING_INSTALL;
    }

    /** Returns whether the server is going or gone. */
    public boolean leaving() {
        return this == DELETING || this == DELETED;
    }
}
