package dev.rookery.daemon.internal.node;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.node.FileUploads;
import dev.rookery.daemon.internal.file.ServerFiles;
import dev.rookery.daemon.internal.file.ServerUploads;

/** The files of one server of the node in process, with what the node does with them over a while. Thread-safe. */
final class DaemonFiles extends ServerFiles {

    private final DaemonServer server;
    private final DaemonNode node;

    DaemonFiles(DaemonServer server, DaemonNode node) {
        super(
                node.caller(),
                node.running().services().clock(),
                node.options().cancel().orElseGet(CancelSignal::create),
                () -> server.managed().volume());
        this.server = server;
        this.node = node;
    }

    @Override
    public FileUploads uploads() {
        return new ServerUploads(
                server.id(),
                node.caller(),
                node.running().services().clock(),
                node.running().uploads(),
                () -> server.managed().volume());
    }
}
