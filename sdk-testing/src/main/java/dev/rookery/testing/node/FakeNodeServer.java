package dev.rookery.testing.node;

import dev.rookery.api.Content;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.console.Console;
import dev.rookery.api.console.ConsoleListener;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.node.NodeFiles;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerDetails;
import dev.rookery.api.permission.Permission;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;

/** A caller's view of a {@link FakeServer}. */
final class FakeNodeServer implements NodeServer, NodeFiles {

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
        require(action.permission());
        server().power(action);
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
    public void reinstall() {
        require(Permission.REINSTALL);
        server().install(true, false);
    }

    @Override
    public void delete() {
        node.requirePanel();
        server().delete();
        node.shared().servers.remove(id);
    }

    @Override
    public List<String> logs(int lines) {
        require(Permission.CONNECT);
        if (lines < 1 || lines > LOG_LINES_MAX) {
            throw new InvalidInputException("lines: " + lines + " (expected: 1 to " + LOG_LINES_MAX + ")");
        }
        return server().logs(lines);
    }

    @Override
    public String installLog() {
        return server().installLog();
    }

    @Override
    public NodeFiles files() {
        return this;
    }

    @Override
    public Console console(ConsoleOptions options, ConsoleListener listener) {
        require(Permission.CONNECT);
        var server = server();
        var console = new FakeConsole(server, node.caller(), node.shared().clock, listener);
        server.attach(console, options.after());
        return console;
    }

    @Override
    public Content read(String path) {
        require(Permission.FILE_READ_CONTENT);
        var name = resolve(path);
        var files = server().files();
        synchronized (files) {
            byte[] bytes = files.get(name);
            if (bytes != null) {
                return Content.of(bytes);
            }
            if (isDirectory(name)) {
                throw new InvalidInputException("'" + path + "' is a directory (expected: a file)");
            }
            throw new NotFoundException("there is no file '" + path + "'");
        }
    }

    @Override
    public void write(String path, Content content) {
        try (content) {
            var name = resolve(path);
            var files = server().files();
            synchronized (files) {
                require(files.containsKey(name) ? Permission.FILE_UPDATE : Permission.FILE_CREATE);
                if (isDirectory(name)) {
                    throw new InvalidInputException("'" + path + "' is a directory (expected: a file)");
                }
            }
            byte[] bytes = content.stream().readAllBytes();
            synchronized (files) {
                files.put(name, bytes);
            }
        } catch (IOException e) {
            throw new UnavailableException("the content of '" + path + "' broke off: " + e.getMessage(), e);
        }
    }

    private FakeServer server() {
        return node.require(id);
    }

    private void require(Permission permission) {
        node.caller().require(permission, node.shared().clock.instant());
    }

    private boolean isDirectory(String name) {
        return name.isEmpty() || server().files().keySet().stream().anyMatch(file -> file.startsWith(name + "/"));
    }

    private static String resolve(String path) {
        var parts = new ArrayDeque<String>();
        for (var part : path.split("/", -1)) {
            if (part.equals("..") && parts.pollLast() == null) {
                throw new NotFoundException("'" + path + "' leaves the server's root");
            }
            if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }
}
