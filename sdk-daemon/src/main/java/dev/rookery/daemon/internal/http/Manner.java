package dev.rookery.daemon.internal.http;

import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.EventDialect;
import dev.rookery.api.dialect.FileDialect;
import dev.rookery.api.dialect.NodeDialect;
import dev.rookery.api.dialect.TransferParts;

/**
 * How the edge behaves in its dialect where Pterodactyl's daemon and Pelican's differ. Immutable. Source: node API §7.1.
 *
 * @param dialect which
 */
record Manner(Dialect dialect) {

    /** The largest console message of clients in a dialect that has no limit. */
    private static final int MESSAGE_MAX_BYTES = 64 * 1024;

    /** Returns whether answers of protected routes name the daemon. Source: node API §1.2. */
    boolean namesItself() {
        return pelican();
    }

    /** Returns whether tokens without scope are taken, judged by their claims. */
    boolean acceptsUnscopedTokens() {
        return !pelican();
    }

    /** Returns whether the generic answers know that a file is missing. Source: node API §1.5. */
    boolean tellsMissingFiles() {
        return pelican();
    }

    /** Returns whether the deletion of a missing file is a success. Source: node API §2.5. */
    boolean passesOverMissingFiles() {
        return !pelican();
    }

    /** Returns whether archives have the format and the name that was asked for. Source: node API §2.5. */
    boolean choosesArchives() {
        return pelican();
    }

    /** Returns whether how often and how long console clients may speak is limited. Source: node API §4.2. */
    boolean limitsConsoles() {
        return pelican();
    }

    /** Returns the largest inbound console message. */
    int consoleMessageBytes() {
        return pelican() ? ConsoleUpgrade.MAX_MESSAGE_BYTES : MESSAGE_MAX_BYTES;
    }

    /** Returns whether a suspension shuts the console. Source: node API §4.7. */
    boolean shutsSuspendedConsoles() {
        return pelican();
    }

    /** Returns what is said to a transfer without a token. Source: node API §1.1. */
    String noTransferToken() {
        return "The required authorization " + (pelican() ? "headers" : "heads") + " were not present in the request.";
    }

    /** Returns whether settings and usage are written as Pelican's daemon does. Source: node API §2.3. */
    boolean pelican() {
        return dialect == Dialect.PELICAN;
    }

    FileDialect files() {
        return FileDialect.of(dialect);
    }

    EventDialect events() {
        return EventDialect.of(dialect);
    }

    TransferParts transferParts() {
        return NodeDialect.of(dialect).transferParts();
    }
}
