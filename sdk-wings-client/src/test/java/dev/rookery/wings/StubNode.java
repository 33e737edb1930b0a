package dev.rookery.wings;

import dev.rookery.api.CallOptions;
import dev.rookery.api.Caller;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.Node;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.node.ResourceUsage;
import dev.rookery.api.node.ServerDetails;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.node.SystemInformation;
import dev.rookery.api.panel.ServerSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A node that only says of its machine and servers what the test wants it to. */
final class StubNode implements Node {

    private final Map<ServerId, ServerDetails> servers;
    private final AtomicInteger asked;
    private final Holder behaviour;
    private final CallOptions options;

    private static final class Holder {
        private volatile Consumer<CallOptions> value = options -> {};
    }

    StubNode() {
        this(new ConcurrentHashMap<>(), new AtomicInteger(), new Holder(), CallOptions.defaults());
    }

    private StubNode(Map<ServerId, ServerDetails> servers, AtomicInteger asked, Holder behaviour, CallOptions options) {
        this.servers = servers;
        this.asked = asked;
        this.behaviour = behaviour;
        this.options = options;
    }

    /** From now on every call does this first. */
    StubNode behave(Consumer<CallOptions> other) {
        behaviour.value = other;
        return this;
    }

    void has(ServerId id, ServerState state, long memoryBytes) {
        var usage =
                ResourceUsage.builder().memoryBytes(memoryBytes).state(state).build();
        var settings = "{\"uuid\":\"" + id + "\",\"build\":{},\"container\":{\"image\":\"x\"}}";
        servers.put(id, new ServerDetails(state, false, usage, WireJson.read(settings, ServerSettings.class)));
    }

    void hasNoMore(ServerId id) {
        servers.remove(id);
    }

    int asked() {
        return asked.get();
    }

    @Override
    public Node as(Caller caller) {
        return this;
    }

    @Override
    public Node with(CallOptions bounds) {
        return new StubNode(servers, asked, behaviour, bounds);
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of();
    }

    @Override
    public SystemInformation system() {
        asked.incrementAndGet();
        behaviour.value.accept(options);
        return new SystemInformation("amd64", 2, "6.1", "linux", "0.1.0");
    }

    @Override
    public List<ServerDetails> servers() {
        system();
        return List.copyOf(servers.values());
    }

    @Override
    public void createServer(CreateServer request) {
        throw new UnsupportedOperationException("not in these tests");
    }

    @Override
    public NodeServer server(ServerId id) {
        throw new UnsupportedOperationException("not in these tests");
    }
}
