package dev.rookery.wings.internal;

import dev.rookery.api.ConflictException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ProtocolException;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.NodeCall;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.Deauthorization;
import dev.rookery.api.node.ServerDetails;
import dev.rookery.api.node.SystemInformation;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls for a whole node. Source: node API §2.1 to §2.3. */
public final class HttpNodeServers {

    private static final Logger LOG = LoggerFactory.getLogger(HttpNodeServers.class);

    private final NodeConnection node;

    /** Creates the calls; nothing is sent yet. */
    public HttpNodeServers(NodeConnection node) {
        this.node = node;
    }

    /** Returns what the node says of its machine. */
    public SystemInformation system() {
        return node.askSystem().json(SystemInformation.class);
    }

    /** Returns every server that can be read; one that cannot does not hide the others. */
    public List<ServerDetails> list() {
        node.requirePanel("list all servers");
        var call = node.query(NodeCall.LIST_SERVERS);
        var answer = node.ask(call);
        var json = answer.json(Json.class);
        if (json == Json.Null.INSTANCE) {
            return List.of();
        }
        if (!(json instanceof Json.Array array)) {
            throw new ProtocolException(
                    call.endpoint() + " answered no list (expected: an array)", null, answer.remote());
        }
        var servers = new ArrayList<ServerDetails>();
        for (var item : array.items()) {
            try {
                servers.add(WireJson.read(item, ServerDetails.class));
            } catch (InvalidInputException e) {
                LOG.warn(
                        "{}: leaving out a server that cannot be read: {}",
                        node.settings().peer(),
                        e.getMessage());
            }
        }
        return List.copyOf(servers);
    }

    /** Has the node accept a new server. */
    public void create(CreateServer request) {
        node.requirePanel("create a server");
        var call = node.slow(NodeCall.CREATE_SERVER).server(request.uuid());
        refuseDuplicate(request.uuid());
        node.ask(call.json(WireJson.write(request)));
    }

    /** Takes back all authority of a user. */
    public void deauthorize(Deauthorization request) {
        node.requirePanel("take back a user's authority");
        node.ask(node.query(NodeCall.DEAUTHORIZE).json(WireJson.write(request)));
    }

    /** The Go daemons take a server twice and then have two of it, so the question is asked before. */
    private void refuseDuplicate(ServerId id) {
        try {
            var details = node.server(id).details();
            throw new ConflictException(node.settings().peer() + " has the server " + id + " already, "
                    + details.state().wireName());
        } catch (NotFoundException ignored) {
            // As it should be.
        }
    }
}
