package dev.rookery.wings.internal;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.console.ConsoleHistoryPage;
import dev.rookery.api.console.ConsoleHistoryQuery;
import dev.rookery.api.dialect.NodeCall;
import java.util.ArrayList;
import java.util.List;

/** What a node has kept of a server's output. Source: node API §2.3. */
final class HttpNodeLogs {

    private static final int LINES_MAX = 100;

    private final NodeConnection node;
    private final ServerId server;

    HttpNodeLogs(NodeConnection node, ServerId server) {
        this.node = node;
        this.server = server;
    }

    List<String> console(int lines) {
        if (lines < 1 || lines > LINES_MAX) {
            throw new InvalidInputException("lines: " + lines + " (expected: 1 to " + LINES_MAX + ")");
        }
        var call = node.query(NodeCall.LOGS, server.toString()).server(server);
        var dialect = node.nodeDialect();
        var answer = node.ask(call.query(dialect.logLinesParameter(), Integer.toString(lines)));
        var all = dialect.logsAreText() ? answer.text().lines().toList() : texts(answer);
        return List.copyOf(all.subList(Math.max(0, all.size() - lines), all.size()));
    }

    /** Our extension. */
    ConsoleHistoryPage history(ConsoleHistoryQuery query) {
        var call = node.query(NodeCall.CONSOLE_HISTORY, server.toString())
                .server(server)
                .query("limit", Integer.toString(query.limit()));
        if (query.after().isPresent()) {
            call = call.query("after", Long.toString(query.after().getAsLong()));
        }
        if (query.before().isPresent()) {
            call = call.query("before", Long.toString(query.before().getAsLong()));
        }
        if (query.search().isPresent()) {
            var search = query.search().get();
            call = call.query("search", search.text()).query("regex", Boolean.toString(search.regex()));
        }
        return node.ask(call).json(ConsoleHistoryPage.class);
    }

    String installation() {
        try {
            var call = node.query(NodeCall.INSTALL_LOG, server.toString()).server(server);
            var answer = node.ask(call);
            if (node.nodeDialect().logsAreText()) {
                return answer.text();
            }
            return answer.json(Json.class) instanceof Json.Obj object
                            && object.members().get("data") instanceof Json.Text text
                    ? text.value()
                    : "";
        } catch (UnavailableException | NotFoundException e) {
            if (saysNone(e)) {
                return "";
            }
            throw e;
        }
    }

    private boolean saysNone(RookeryException e) {
        return node.nodeDialect().saysNoInstallLog(String.valueOf(e.getMessage()));
    }

    private static List<String> texts(Answer answer) {
        var texts = new ArrayList<String>();
        // A server without output has "data": null.
        if (answer.json(Json.class) instanceof Json.Obj object
                && object.members().get("data") instanceof Json.Array data) {
            for (var item : data.items()) {
                if (item instanceof Json.Text text) {
                    texts.add(text.value());
                }
            }
        }
        return texts;
    }
}
