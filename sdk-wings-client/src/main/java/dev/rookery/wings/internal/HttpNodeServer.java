package dev.rookery.wings.internal;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.ConflictException;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.RookeryException.RemoteAnswer;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.console.Console;
import dev.rookery.api.console.ConsoleHistoryPage;
import dev.rookery.api.console.ConsoleHistoryQuery;
import dev.rookery.api.console.ConsoleListener;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.NodeCall;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.node.NodeBackups;
import dev.rookery.api.node.NodeFiles;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerDetails;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.transfer.TransferRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One server of a node behind HTTP. Source: node API §2.3. */
public final class HttpNodeServer implements NodeServer {

    private static final Logger LOG = LoggerFactory.getLogger(HttpNodeServer.class);
    private static final int POWER_WAIT_SECONDS = 30;

    private final NodeConnection node;
    private final ServerId id;

    HttpNodeServer(NodeConnection node, ServerId id) {
        this.node = node;
        this.id = id;
    }

    @Override
    public ServerId id() {
        return id;
    }

    @Override
    public ServerDetails details() {
        return node.nexus()
                ? fromList()
                : node.ask(query(NodeCall.SERVER_DETAILS)).json(ServerDetails.class);
    }

    @Override
    public void power(PowerAction action) {
        node.require(action.permission());
        var body = new LinkedHashMap<String, Object>();
        body.put("action", action.wireName());
        if (!node.nexus()) {
            // Without it the daemon drops the action, unseen, when another one has not quite finished.
            body.put("wait_seconds", POWER_WAIT_SECONDS);
        }
        try {
            node.ask(query(NodeCall.POWER).json(WireJson.write(body)));
        } catch (InvalidInputException e) {
            // We send valid actions only, so what is wrong is the server's state: suspended, or busy.
            throw conflict(e);
        }
    }

    @Override
    public void sendCommands(List<String> lines) {
        node.require(Permission.CONSOLE);
        lines.forEach(HttpNodeServer::requireOneLine);
        if (lines.isEmpty()) {
            return;
        }
        try {
            node.ask(query(NodeCall.COMMANDS).json(WireJson.write(Map.of("commands", List.copyOf(lines)))));
        } catch (UnavailableException | InvalidInputException e) {
            // 502 is how Wings says "not running"; Calagopus says 417.
            if (status(e) == 502 || status(e) == 417) {
                throw conflict(e);
            }
            throw e;
        }
    }

    @Override
    public void sync() {
        node.requirePanel("have a server synced");
        node.ask(slow(NodeCall.SYNC));
    }

    @Override
    public void reinstall() {
        node.require(Permission.REINSTALL);
        node.ask(slow(NodeCall.REINSTALL));
    }

    @Override
    public void install() {
        node.requirePanel("have a server installed");
        node.ask(slow(NodeCall.INSTALL));
    }

    @Override
    public void abortInstall() {
        node.requirePanel("end an installation");
        node.ask(slow(NodeCall.ABORT_INSTALL));
    }

    @Override
    public void delete() {
        node.requirePanel("delete a server");
        node.ask(slow(NodeCall.DELETE_SERVER));
    }

    @Override
    public List<String> logs(int lines) {
        node.require(Permission.CONNECT);
        return new HttpNodeLogs(node, id).console(lines);
    }

    @Override
    public ConsoleHistoryPage consoleHistory(ConsoleHistoryQuery query) {
        node.require(Permission.CONNECT);
        return new HttpNodeLogs(node, id).history(requireNonNull(query, "query"));
    }

    @Override
    public String installLog() {
        return new HttpNodeLogs(node, id).installation();
    }

    @Override
    public NodeFiles files() {
        return new HttpNodeFiles(node, id);
    }

    @Override
    public NodeBackups backups() {
        return new HttpNodeBackups(node, id);
    }

    @Override
    public void transfer(TransferRequest request) {
        new HttpNodeTransfers(node).start(id, requireNonNull(request, "request"));
    }

    @Override
    public void cancelTransfer() {
        node.requirePanel("end the move of a server");
        try {
            node.ask(slow(NodeCall.CANCEL_TRANSFER));
        } catch (InvalidInputException e) {
            // Nothing was sent that could be wrong: Calagopus' 417 for a server that is not on its way.
            throw conflict(e);
        }
    }

    @Override
    public void denyTokens(List<String> ids) {
        node.requirePanel("refuse tokens");
        if (!ids.isEmpty()) {
            node.ask(query(NodeCall.DENY_TOKENS).json(WireJson.write(Map.of("jtis", List.copyOf(ids)))));
        }
    }

    @Override
    public Console console(ConsoleOptions options, ConsoleListener listener) {
        node.require(Permission.CONNECT);
        requireNonNull(listener, "listener");
        requireNonNull(options, "options");
        var authority = authority();
        return WingsConsole.open(
                node.settings().console(),
                node.settings().transport().failures(),
                authority,
                node.options(),
                node.deadlines().query(),
                options,
                LogContext.around(node.settings().profile().name(), id, listener));
    }

    private Authority authority() {
        return node.nexus()
                ? new NodeTokenAuthority(node.settings(), id, node.caller())
                : new SigningAuthority(node.settings(), id, node.caller(), spoken());
    }

    /** Finds out in which dialect to sign; one who can reach no more of a node than its consoles signs as Pelican's panel. */
    private Dialect spoken() {
        try {
            return node.dialect();
        } catch (UnavailableException | DeadlineException e) {
            throw e;
        } catch (RookeryException e) {
            LOG.debug("{} does not say what it speaks", node.settings().peer(), e);
            return Dialect.PELICAN;
        }
    }

    private RemoteCall query(NodeCall call) {
        return node.query(call, id.toString()).server(id);
    }

    private RemoteCall slow(NodeCall call) {
        return node.slow(call, id.toString()).server(id);
    }

    /** Nexus has no call for one server. */
    private ServerDetails fromList() {
        return new HttpNodeServers(node)
                .list().stream()
                        .filter(server -> server.configuration().uuid().equals(id))
                        .findFirst()
                        .orElseThrow(() -> new NotFoundException(node.settings().peer() + " has no server " + id));
    }

    private static void requireOneLine(String line) {
        if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
            throw new InvalidInputException("command with a line end (expected: one line per command)");
        }
    }

    private static int status(RookeryException e) {
        return e.answer().map(RemoteAnswer::status).orElse(0);
    }

    static ConflictException conflict(RookeryException e) {
        return new ConflictException(
                String.valueOf(e.getMessage()), e, e.answer().orElse(null));
    }
}
