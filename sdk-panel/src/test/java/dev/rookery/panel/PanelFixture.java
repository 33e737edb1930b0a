package dev.rookery.panel;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.panel.Allocation;
import dev.rookery.api.panel.Build;
import dev.rookery.panel.spi.AllocationRecord;
import dev.rookery.panel.spi.NewEgg;
import dev.rookery.panel.spi.NewNode;
import dev.rookery.panel.spi.NodeRecord;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.panel.spi.ServerSpec;
import dev.rookery.panel.spi.ServerStatus;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;

/** A panel over memory with two nodes, three allocations each, and one egg. */
final class PanelFixture {

    static final UUID OWNER = UUID.randomUUID();
    static final String EGG = """
            {"meta": {"version": "PTDL_v2"}, "name": "Echo", "author": "me@example.org", "description": "",
             "docker_images": {"Echo": "rookery/echo:1"}, "startup": "echo {{GREETING}}",
             "config": {"files": "{}", "startup": "{\\"done\\": \\"ready\\"}", "logs": "{}", "stop": "stop"},
             "scripts": {"installation": {"script": "#!/bin/sh\\necho installed", "container": "rookery/echo:1", "entrypoint": "sh"}},
             "variables": [{"name": "Greeting", "description": "", "env_variable": "GREETING", "default_value": "hello",
                            "user_viewable": true, "user_editable": true, "rules": "required|string|max:20"}]}
            """;

    static {
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(3));
    }

    final MovingClock clock = new MovingClock();
    final PanelStore store = new InMemoryPanelStore();
    final Map<NodeId, RecordingNode> nodes = new ConcurrentHashMap<>();
    final NodeRecord node;
    final NodeRecord other;
    final List<Long> allocations;
    final long egg;
    final PanelService service;

    PanelFixture() {
        this(PanelOptions.defaults());
    }

    PanelFixture(PanelOptions options) {
        node = node("one");
        other = node("two");
        allocations = allocations(node);
        allocations(other);
        egg = store.eggs()
                .add(new NewEgg("e1", "Echo", "me@example.org", "", "PTDL_v2", EGG, clock.instant()))
                .id();
        service = service(store, options, clock);
        nodes.forEach((id, recording) -> recording.panel = service.forNode(id));
    }

    PanelService service(PanelStore over, PanelOptions options, Clock time) {
        return PanelService.builder(over, record -> nodes.get(record.id()), new ReadEggInterpreter())
                .clock(time)
                .options(options)
                .build();
    }

    RecordingNode recording() {
        return nodes.get(node.id());
    }

    ServerSpec spec(String name) {
        return ServerSpec.builder()
                .name(name)
                .eggId(egg)
                .image("rookery/echo:1")
                .variables(Map.of("GREETING", "hi"))
                .build(Build.builder().memoryMebibytes(256).build())
                .build();
    }

    PanelServer create(String name, Long... allocationIds) {
        return service.create(node.id(), OWNER, spec(name), List.of(allocationIds));
    }

    /** Returns a server that its node has accepted. */
    PanelServer installing(String name) {
        var server = create(name);
        service.runDue();
        return get(server.id());
    }

    PanelServer get(ServerId id) {
        return store.servers().find(id).orElseThrow();
    }

    ServerStatus status(ServerId id) {
        return get(id).status();
    }

    void retryDue() {
        clock.advance(Duration.ofMinutes(2));
        service.runDue();
    }

    private NodeRecord node(String name) {
        var added = store.nodes().add(NewNode.of(name, URI.create("http://127.0.0.1:8080"), clock.instant()));
        nodes.put(added.id(), new RecordingNode());
        return added;
    }

    private List<Long> allocations(NodeRecord of) {
        return store
                .nodes()
                .addAllocations(
                        of.id(),
                        List.of(
                                new Allocation("127.0.0.1", 25565),
                                new Allocation("127.0.0.1", 25566),
                                new Allocation("127.0.0.1", 25567)))
                .stream()
                .map(AllocationRecord::id)
                .toList();
    }
}
