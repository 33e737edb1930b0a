package dev.rookery.testing.panel;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.panel.Allocation;
import dev.rookery.panel.spi.AllocationRecord;
import dev.rookery.panel.spi.NewEgg;
import dev.rookery.panel.spi.NewNode;
import dev.rookery.panel.spi.NodeRecord;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.panel.spi.ServerSpec;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** What tests of stores begin with: nodes with addresses, and an egg. */
final class StoreFixture {

    private static final int FIRST_PORT = 25565;
    private static final String EGG = """
            {"meta": {"version": "PTDL_v2"}, "name": "Echo", "author": "me@example.org", "description": "",
             "docker_images": {"Echo": "rookery/echo:1"}, "startup": "echo {{GREETING}}",
             "config": {"files": "{}", "startup": "{\\"done\\": \\"ready\\"}", "logs": "{}", "stop": "stop"},
             "scripts": {"installation": {"script": "#!/bin/sh\\necho installed", "container": "rookery/echo:1", "entrypoint": "sh"}},
             "variables": []}
            """;

    private StoreFixture() {}

    static NodeRecord node(PanelStore store, String name, Instant now) {
        return store.nodes().add(NewNode.of(name, URI.create("http://" + name + ".example:8080"), now));
    }

    /** Adds addresses to a node and returns their numbers. */
    static List<Long> allocations(PanelStore store, NodeId node, int count) {
        var addresses = IntStream.range(0, count)
                .mapToObj(i -> new Allocation("192.0.2.1", FIRST_PORT + i))
                .toList();
        return store.nodes().addAllocations(node, addresses).stream()
                .map(AllocationRecord::id)
                .toList();
    }

    /** Adds the egg and returns its number. */
    static long egg(PanelStore store, Instant now) {
        return store.eggs()
                .add(new NewEgg(UUID.randomUUID().toString(), "Echo", "me@example.org", "", "PTDL_v2", EGG, now))
                .id();
    }

    static ServerSpec spec(long egg, ServerId id) {
        return ServerSpec.builder()
                .name(id.toString())
                .eggId(egg)
                .image("rookery/echo:1")
                .build();
    }
}
