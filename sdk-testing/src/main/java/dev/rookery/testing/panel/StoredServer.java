package dev.rookery.testing.panel;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.panel.Build;
import dev.rookery.panel.spi.NewEgg;
import dev.rookery.panel.spi.NewNode;
import dev.rookery.panel.spi.NewOperation;
import dev.rookery.panel.spi.NewServer;
import dev.rookery.panel.spi.OperationKind;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.panel.spi.ServerSpec;
import dev.rookery.panel.spi.ServerStatus;
import dev.rookery.panel.spi.StatusChange;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A server in a store, installed, with nothing left to be done for it. */
record StoredServer(NodeId node, ServerId id) {

    /** Adds a node, an egg and a server of them, all of that name. */
    static StoredServer add(PanelStore store, String name, Instant now) {
        var node = store.nodes().add(NewNode.of(name, URI.create("http://127.0.0.1:8080"), now));
        var egg = store.eggs().add(new NewEgg(name, "Echo", "me@example.org", "", "PTDL_v2", "{}", now));
        var id = ServerId.random();
        var spec = ServerSpec.builder()
                .name(name)
                .eggId(egg.id())
                .image("rookery/echo:1")
                .build(Build.builder().memoryMebibytes(256).build())
                .build();
        store.servers()
                .add(
                        new NewServer(id, node.id(), UUID.randomUUID(), spec, List.of(), now),
                        new NewOperation(UUID.randomUUID(), OperationKind.CREATE, id, "correlation", now));
        var created = store.operations()
                .claim(UUID.randomUUID().toString(), now, now.plus(Duration.ofMinutes(1)))
                .orElseThrow();
        store.operations()
                .finish(created, Optional.of(StatusChange.of(EnumSet.allOf(ServerStatus.class), ServerStatus.READY)));
        return new StoredServer(node.id(), id);
    }

    /** Removes the server from the store. */
    void remove(PanelStore store, Instant now) {
        store.operations()
                .begin(
                        new NewOperation(UUID.randomUUID(), OperationKind.DELETE, id, "correlation", now),
                        EnumSet.allOf(ServerStatus.class),
                        ServerStatus.DELETING);
        var claimed = store.operations()
                .claim(UUID.randomUUID().toString(), now, now.plus(Duration.ofMinutes(1)))
                .orElseThrow();
        store.operations().finishDeletion(claimed);
    }
}
