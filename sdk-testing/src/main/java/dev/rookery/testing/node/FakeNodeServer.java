package dev.rookery.testing.node;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ServerId;
import dev.rookery.api.console.Console;
import dev.rookery.api.console.ConsoleHistoryPage;
import dev.rookery.api.console.ConsoleHistoryQuery;
import dev.rookery.api.console.ConsoleListener;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.NodeBackups;
import dev.rookery.api.node.NodeFiles;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerDetails;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.transfer.TransferRequest;
import java.util.List;

/** A caller's view of a {@link FakeServer}. */
final class FakeNodeServer implements NodeServer {

    private static final int LOG_LINES_MAX = 100;

    private final FakeNode node;
    private final ServerId id;

    FakeNodeServer(FakeNode node, ServerId id) {
        this.node = node;
        this.id = id;
    }

    @Override
    public ServerId id() {
        return id;
    }

    @Override
    public ServerDetails details() {
        return server().details();
    }

    @Override
    public void power(PowerAction action) {
        var server = server();
        require(action.permission());
        server.power(action);
    }

    @Override
    public void sendCommands(List<String> lines) {
        require(Permission.CONSOLE);
        lines.forEach(server()::send);
    }

    @Override
    public void sync() {
        node.requirePanel();
        server().sync();
    }

    @Override
    public void install() {
        node.requirePanel();
        node.offered(Capability.INSTALL);
        server().install(false, false);
    }

    @Override
    public void reinstall() {
        require(Permission.REINSTALL);
        server().install(true, false);
    }

    @Override
    public void abortInstall() {
        node.offered(Capability.ABORT_INSTALL);
        node.requirePanel();
        server().abortInstall();
    }

    @Override
    public void delete() {
        node.requirePanel();
        server().delete();
        node.shared().servers.remove(id);
    }

    @Override
    public List<String> logs(int lines) {
        node.offered(Capability.LOGS);
        require(Permission.CONNECT);
        if (lines < 1 || lines > LOG_LINES_MAX) {
            throw new InvalidInputException("lines: " + lines + " (expected: 1 to " + LOG_LINES_MAX + ")");
        }
        return server().logs(lines);
    }

    @Override
    public ConsoleHistoryPage consoleHistory(ConsoleHistoryQuery query) {
        node.offered(Capability.CONSOLE_HISTORY);
        require(Permission.CONNECT);
        return server().history(query);
    }

    @Override
    public String installLog() {
        node.offered(Capability.INSTALL_LOG);
        return server().installLog();
    }

    @Override
    public NodeFiles files() {
        return node.scripted(NodeFiles.class, new FakeNodeFiles(node, this::server));
    }

    @Override
    public NodeBackups backups() {
        node.offered(Capability.BACKUPS);
        return node.scripted(NodeBackups.class, new FakeNodeBackups(node, this::server));
    }

    @Override
    public void transfer(TransferRequest request) {
        node.offered(Capability.TRANSFERS);
        node.requirePanel();
        var server = server();
        server.beginTransfer(() -> new FakeTransfer(node.shared(), server, request).run());
    }

    @Override
    public void cancelTransfer() {
        node.offered(Capability.TRANSFERS);
        node.requirePanel();
        server().cancelTransfer();
    }

    @Override
    public void denyTokens(List<String> ids) {
        node.offered(Capability.TOKEN_DENIAL);
        node.requirePanel();
        server().denyTokens(ids);
    }

    @Override
    public Console console(ConsoleOptions options, ConsoleListener listener) {
        require(Permission.CONNECT);
        var server = server();
        var console = new FakeConsole(server, node.caller(), node.shared().clock, listener);
        server.attach(console, options.after());
        console.watchAuthority(node.shared().simulation);
        return console;
    }

    private FakeServer server() {
        return node.require(id);
    }

    private void require(Permission permission) {
        node.caller().require(permission, node.shared().clock.instant());
    }
}
