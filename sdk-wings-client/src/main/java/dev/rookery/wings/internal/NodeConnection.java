package dev.rookery.wings.internal;

import dev.rookery.api.CallOptions;
import dev.rookery.api.Caller;
import dev.rookery.api.ConflictException;
import dev.rookery.api.Content;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ProtocolException;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.node.ServerDetails;
import dev.rookery.api.node.SystemInformation;
import dev.rookery.api.permission.Permission;
import dev.rookery.wings.NodeDeadlines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node behind HTTP, asked by one caller within one set of bounds. Immutable. */
public final class NodeConnection {

    private static final Logger LOG = LoggerFactory.getLogger(NodeConnection.class);
    private static final Endpoint SYSTEM = Endpoint.get("/api/system");
    private static final Endpoint SERVERS = Endpoint.get("/api/servers");
    private static final Endpoint CREATE = Endpoint.post("/api/servers");

    private final NodeSettings settings;
    private final Caller caller;
    private final CallOptions options;

    /** Creates the connection; nothing is sent yet. */
    public NodeConnection(NodeSettings settings, Caller caller, CallOptions options) {
        this.settings = settings;
        this.caller = caller;
        this.options = options;
    }

    /** Returns the same node asked by someone else. */
    public NodeConnection as(Caller other) {
        return new NodeConnection(settings, other, options);
    }

    /** Returns the same node within other bounds. */
    public NodeConnection with(CallOptions other) {
        return new NodeConnection(settings, caller, other);
    }

    /** Returns what the node offers beyond the common protocol. */
    public Set<Capability> capabilities() {
        return capabilities(system(SYSTEM).headers());
    }

    /** Returns what the node says of its machine. */
    public SystemInformation system() {
        return system(SYSTEM).json(SystemInformation.class);
    }

    /** Returns every server that can be read; one that cannot does not hide the others. */
    public List<ServerDetails> servers() {
        requirePanel("list all servers");
        var answer = ask(
                RemoteCall.of(SERVERS, SERVERS.url(base()).build(), deadlines().query()));
        var json = answer.json(Json.class);
        if (json == Json.Null.INSTANCE) {
            return List.of();
        }
        if (!(json instanceof Json.Array array)) {
            throw new ProtocolException(SERVERS + " answered no list (expected: an array)", null, answer.remote());
        }
        var servers = new ArrayList<ServerDetails>();
        for (var item : array.items()) {
            try {
                servers.add(WireJson.read(item, ServerDetails.class));
            } catch (InvalidInputException e) {
                LOG.warn("{}: leaving out a server that cannot be read: {}", settings.peer(), e.getMessage());
            }
        }
        return List.copyOf(servers);
    }

    /** Has the node accept a new server. */
    public void createServer(CreateServer request) {
        requirePanel("create a server");
        refuseDuplicate(request.uuid());
        ask(RemoteCall.of(CREATE, CREATE.url(base()).build(), deadlines().slow())
                .json(WireJson.write(request)));
    }

    /** Returns a handle for one server. */
    public NodeServer server(ServerId id) {
        return new HttpNodeServer(this, id);
    }

    /** Reads the header that lists capabilities. */
    static Set<Capability> capabilities(Headers headers) {
        var capabilities = new LinkedHashSet<Capability>();
        for (var value : headers.values(Capability.HEADER)) {
            for (var name : value.split(",", -1)) {
                if (!name.isBlank()) {
                    capabilities.add(new Capability(name.strip().toLowerCase(Locale.ROOT)));
                }
            }
        }
        return Set.copyOf(capabilities);
    }

    Answer ask(RemoteCall call) {
        return settings.transport().exchange(call, options);
    }

    Content open(RemoteCall call) {
        return settings.transport().open(call, options);
    }

    NodeSettings settings() {
        return settings;
    }

    Caller caller() {
        return caller;
    }

    CallOptions options() {
        return options;
    }

    HttpUrl base() {
        return settings.base();
    }

    NodeDeadlines deadlines() {
        return settings.deadlines();
    }

    Path spoolDirectory() {
        return settings.spoolDirectory();
    }

    void require(Permission permission) {
        caller.require(permission, settings.clock().instant());
    }

    boolean may(Permission permission) {
        return caller.may(permission, settings.clock().instant());
    }

    void requirePanel(String what) {
        if (caller instanceof Caller.User user) {
            throw new DeniedException("user " + user.user() + " may not " + what + " (expected: the panel itself)");
        }
    }

    private Answer system(Endpoint endpoint) {
        return ask(RemoteCall.of(
                endpoint, endpoint.url(base()).build(), deadlines().query()));
    }

    /** The Go daemons take a server twice and then have two of it, so the question is asked before. */
    private void refuseDuplicate(ServerId id) {
        try {
            var details = server(id).details();
            throw new ConflictException(settings.peer() + " has the server " + id + " already, "
                    + details.state().wireName());
        } catch (NotFoundException ignored) {
            // As it should be.
        }
    }
}
