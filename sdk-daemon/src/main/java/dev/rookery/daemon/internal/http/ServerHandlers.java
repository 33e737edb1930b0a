package dev.rookery.daemon.internal.http;

import dev.rookery.api.ConflictException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.dialect.NodeCall;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.transfer.TransferRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers what the panel asks of one server, apart from files and backups. Blocks. Source: node API §2.3 and §2.7. */
final class ServerHandlers {

    private static final int MAX_LOG_LINES = 100;
    private static final String BEARER = "Bearer ";
    private static final String BAD_ACTION =
            "The power action provided was not valid, should be one of \"stop\", \"start\", \"restart\", \"kill\"";
    private static final String SUSPENDED = "Cannot start or restart a server that is suspended.";
    private static final String STOPPED = "Cannot send commands to a stopped server instance.";
    private static final String BUSY = "Cannot execute server reinstall event while another power action is running.";
    private static final String MOVING = "A transfer is already in progress for this server.";
    private static final String NOT_MOVING = "Server is not currently being transferred.";

    private final Edge edge;

    ServerHandlers(Edge edge) {
        this.edge = edge;
    }

    void addTo(Map<NodeCall, ServerCall> calls) {
        calls.put(
                NodeCall.SERVER_DETAILS,
                (server, request) -> Response.written(200, edge.details().write(server.details())));
        calls.put(NodeCall.DELETE_SERVER, (server, request) -> done(204, server::delete));
        calls.put(NodeCall.SYNC, (server, request) -> done(204, server::sync));
        calls.put(NodeCall.INSTALL, (server, request) -> done(202, server::install));
        calls.put(NodeCall.REINSTALL, (server, request) -> conflicting(202, server::reinstall, BUSY));
        calls.put(NodeCall.ABORT_INSTALL, (server, request) -> done(202, server::abortInstall));
        calls.put(NodeCall.LOGS, (server, request) -> logs(server, request.query("size")));
        calls.put(
                NodeCall.INSTALL_LOG,
                (server, request) -> Response.json(200, member("data", new Json.Text(server.installLog()))));
        calls.put(NodeCall.POWER, ServerHandlers::power);
        calls.put(NodeCall.COMMANDS, ServerHandlers::commands);
        calls.put(NodeCall.DENY_TOKENS, this::denyTokens);
        calls.put(NodeCall.START_TRANSFER, ServerHandlers::transfer);
        calls.put(
                NodeCall.CANCEL_TRANSFER,
                (server, request) -> conflicting(202, existing(server)::cancelTransfer, NOT_MOVING));
    }

    private static Response power(NodeServer server, Request request) {
        // Existence comes before anything else that may be wrong with the request.
        var details = server.details();
        PowerAction action;
        try {
            action = PowerAction.parse(JsonBody.of(request).text("action"));
        } catch (InvalidInputException ignored) {
            // Told in the words of the protocol.
            return Response.error(422, BAD_ACTION);
        }
        boolean starts = action == PowerAction.START || action == PowerAction.RESTART;
        if (starts && details.suspended()) {
            return Response.error(400, SUSPENDED).header(Failures.KIND_HEADER, "conflict");
        }
        return done(202, () -> server.power(action));
    }

    private static Response commands(NodeServer server, Request request) {
        if (server.details().state().equals(ServerState.OFFLINE)) {
            return stopped();
        }
        var lines = JsonBody.of(request).texts("commands");
        var split = new ArrayList<String>();
        lines.forEach(line -> split.addAll(List.of(line.split("\\R", -1))));
        if (split.isEmpty()) {
            return Response.empty(204);
        }
        try {
            return done(204, () -> server.sendCommands(split));
        } catch (ConflictException ignored) {
            // It stopped in between.
            return stopped();
        }
    }

    private static Response stopped() {
        return Response.error(502, STOPPED).header(Failures.KIND_HEADER, "conflict");
    }

    private static Response logs(NodeServer server, String size) {
        var lines = server.logs(logLines(size));
        Json data = lines.isEmpty()
                ? Json.Null.INSTANCE
                : new Json.Array(
                        lines.stream().map(line -> (Json) new Json.Text(line)).toList());
        return Response.json(200, member("data", data));
    }

    private static int logLines(String size) {
        try {
            int lines = Integer.parseInt(size);
            return lines < 1 ? MAX_LOG_LINES : Math.min(lines, MAX_LOG_LINES);
        } catch (NumberFormatException ignored) {
            // Anything that is no number counts as absent.
            return MAX_LOG_LINES;
        }
    }

    private Response denyTokens(NodeServer server, Request request) {
        existing(server);
        var ids = JsonBody.of(request).texts("jtis");
        ids.forEach(edge.tokens().denylist()::denyId);
        edge.consoles().sessions().forEach(ConsoleSession::recheck);
        try {
            server.denyTokens(ids);
        } catch (NotOfferedException ignored) {
            // Such a node sees no tokens: they are judged by this edge.
        }
        return Response.empty(204);
    }

    private static Response transfer(NodeServer server, Request request) {
        existing(server);
        var body = JsonBody.of(request);
        var token = body.text("token");
        URI destination;
        List<BackupId> backups;
        try {
            destination = URI.create(body.text("url"));
            backups = body.texts("backups").stream().map(BackupId::parse).toList();
        } catch (IllegalArgumentException | InvalidInputException ignored) {
            // Like any other value of a wrong type.
            return Failures.badBody(request.requestId());
        }
        if (destination.getHost() == null || token.isEmpty()) {
            return Failures.badBody(request.requestId());
        }
        var plain = token.startsWith(BEARER) ? token.substring(BEARER.length()) : token;
        return conflicting(202, () -> server.transfer(new TransferRequest(destination, plain, backups)), MOVING);
    }

    private static NodeServer existing(NodeServer server) {
        server.details();
        return server;
    }

    private static Response conflicting(int status, Runnable action, String text) {
        try {
            return done(status, action);
        } catch (ConflictException e) {
            return Failures.said(409, text, e);
        }
    }

    private static Response done(int status, Runnable action) {
        action.run();
        return Response.empty(status);
    }

    private static Json.Obj member(String key, Json value) {
        return new Json.Obj(Map.of(key, value));
    }
}
