package dev.rookery.panel.spi;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.NodeId;
import dev.rookery.api.backup.BackupId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One part of a change of a server, see {@link ServerStore#change}. All are about that server. */
public sealed interface ServerChange {

    /**
     * The server gets a status.
     *
     * @param to the new one
     * @param reason why, for people; empty clears the present one
     */
    record Status(ServerStatus to, Optional<String> reason) implements ServerChange {

        /** Checks its arguments. */
        public Status {
            requireNonNull(to, "to");
            requireNonNull(reason, "reason");
        }
    }

    /**
     * The server is suspended, or that is lifted.
     *
     * @param suspended whether it may not run
     */
    record Suspension(boolean suspended) implements ServerChange {}

    /**
     * The server is to be something else. Its egg stays, and so does all that is not in the specification.
     *
     * @param spec the new specification
     */
    record Specify(ServerSpec spec) implements ServerChange {

        /** Checks its argument. */
        public Specify {
            requireNonNull(spec, "spec");
        }
    }

    /**
     * An operation is put down. It takes the place of one in the same {@linkplain NewOperation#slot() slot} and inherits its lease.
     *
     * @param operation what is to be done
     */
    record Begin(NewOperation operation) implements ServerChange {

        /** Checks its argument. */
        public Begin {
            requireNonNull(operation, "operation");
        }
    }

    /**
     * An operation is removed, if it is still there.
     *
     * @param operation its id
     */
    record End(UUID operation) implements ServerChange {

        /** Checks its argument. */
        public End {
            requireNonNull(operation, "operation");
        }
    }

    /**
     * A backup is added, or changed.
     *
     * @param backup as it is to be
     */
    record KeepBackup(BackupRecord backup) implements ServerChange {

        /** Checks its argument. */
        public KeepBackup {
            requireNonNull(backup, "backup");
        }
    }

    /**
     * A backup is removed.
     *
     * @param backup which one
     */
    record ForgetBackup(BackupId backup) implements ServerChange {

        /** Checks its argument. */
        public ForgetBackup {
            requireNonNull(backup, "backup");
        }
    }

    /**
     * A move is added, or changed.
     *
     * @param transfer as it is to be
     */
    record KeepTransfer(TransferRecord transfer) implements ServerChange {

        /** Checks its argument. */
        public KeepTransfer {
            requireNonNull(transfer, "transfer");
        }
    }

    /**
     * The server gets free allocations of a node, beside those that it has on its own; the first one becomes its primary one there.
     *
     * @param node whose
     * @param allocations which ones
     */
    record Reserve(NodeId node, List<Long> allocations) implements ServerChange {

        /** Copies the list. */
        public Reserve {
            requireNonNull(node, "node");
            allocations = List.copyOf(allocations);
        }
    }

    /**
     * What the server has of a node's allocations becomes free.
     *
     * @param node whose
     */
    record Release(NodeId node) implements ServerChange {

        /** Checks its argument. */
        public Release {
            requireNonNull(node, "node");
        }
    }

    /**
     * The server runs on another node from now on, with the allocations it has there.
     *
     * @param to which one
     */
    record Move(NodeId to) implements ServerChange {

        /** Checks its argument. */
        public Move {
            requireNonNull(to, "to");
        }
    }
}
