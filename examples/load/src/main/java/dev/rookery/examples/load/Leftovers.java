package dev.rookery.examples.load;

import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.node.Capability;
import dev.rookery.testing.panel.FakePanel;
import dev.rookery.wings.HttpNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a trial leaves on a node that tests could not remove, because they failed or were broken off: directories in the server that was
 * there before, and servers that were made. Thread-safe.
 */
final class Leftovers {

    private static final String OURS = "contract-";
    private static final int SERVERS_MAX = 10_000;

    private final HttpNode node;
    private final Optional<ServerId> existing;
    private final FakePanel panel;
    private final boolean listed;
    private final Set<String> before;

    // Guarded by this.
    private boolean done;

    /** Looks what is there before anything is tried. */
    Leftovers(HttpNode node, Optional<ServerId> existing, FakePanel panel) {
        this.node = node;
        this.existing = existing;
        this.panel = panel;
        this.listed = node.capabilities().contains(Capability.FILE_MANAGEMENT);
        this.before = Set.copyOf(directories());
    }

    /** Removes what is left, and returns one sentence for each thing that stays. */
    synchronized List<String> remove() {
        done = true;
        var stays = new ArrayList<String>();
        try {
            existing.ifPresent(server -> removeDirectories(server, stays));
            removeServers(stays);
        } catch (RookeryException e) {
            stays.add("the node could not be asked what is left: " + Printable.line(String.valueOf(e.getMessage())));
        }
        return stays;
    }

    /** Removes what is left when the program is ended from outside. */
    synchronized void removeUnlessDone() {
        if (!done) {
            remove();
        }
    }

    private void removeDirectories(ServerId server, List<String> stays) {
        var left = left();
        if (!listed) {
            stays.add(
                    "server " + server + " may hold directories " + OURS + "*: this node can neither list nor delete");
        } else if (!left.isEmpty()) {
            node.server(server).files().delete("/", left);
            left().forEach(name -> stays.add("server " + server + ": directory /" + name));
        }
    }

    private List<String> left() {
        return directories().stream().filter(name -> !before.contains(name)).toList();
    }

    private List<String> directories() {
        if (existing.isEmpty() || !listed) {
            return List.of();
        }
        return node.server(existing.get()).files().list("/").stream()
                .map(FileEntry::name)
                .filter(name -> name.startsWith(OURS))
                .toList();
    }

    private void removeServers(List<String> stays) {
        var made = panel.servers(1, SERVERS_MAX).servers().stream()
                .map(entry -> ServerId.parse(entry.uuid()))
                .collect(Collectors.toSet());
        if (made.isEmpty()) {
            return;
        }
        for (var details : node.servers()) {
            var id = details.configuration().uuid();
            if (made.contains(id)) {
                try {
                    node.server(id).delete();
                } catch (RookeryException e) {
                    stays.add("server " + id + ": " + Printable.line(String.valueOf(e.getMessage())));
                }
            }
        }
    }
}
