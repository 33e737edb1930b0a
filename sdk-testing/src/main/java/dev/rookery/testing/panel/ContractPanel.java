package dev.rookery.testing.panel;

import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.panel.SftpLogin;
import java.util.Optional;
import java.util.Set;

/**
 * A panel with two nodes that the contract is tried on, fresh for each test. What it does not have is empty, and the tests that need it
 * are passed over.
 */
public interface ContractPanel {

    /** Returns the panel as its first node sees it. */
    Panel panel();

    /** Returns the panel as its second node sees it. */
    Panel other();

    /** Returns the servers of the first node, at least three. */
    Set<ServerId> servers();

    /** Returns a server of the first node that is being installed. */
    ServerId installing();

    /** Returns everything that the panel knows of both nodes, to be compared by {@code equals}. */
    Object known();

    /** Returns a backup that the panel has ordered on the first node, and that it has a place for of two parts. */
    default Optional<BackupId> backup() {
        return Optional.empty();
    }

    /** Returns a server that is being moved to the first node, and that it sees already. */
    default Optional<ServerId> moving() {
        return Optional.empty();
    }

    /** Returns a log-in that is allowed on the first node. */
    default Optional<SftpLogin> login() {
        return Optional.empty();
    }

    /** Returns whether the panel keeps what happened on its nodes, so that {@link #known} shows it. */
    default boolean keepsActivity() {
        return false;
    }
}
