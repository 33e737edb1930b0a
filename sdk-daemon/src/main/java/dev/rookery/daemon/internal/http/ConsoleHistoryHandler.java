package dev.rookery.daemon.internal.http;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.console.ConsoleHistoryQuery;
import dev.rookery.api.console.ConsoleSearch;
import dev.rookery.api.node.NodeServer;
import java.util.OptionalLong;

/**
 * Answers questions for the stored lines of a console: our extension. Blocks. Absent or empty parameters are left open; unlike the
 * parameters of the Go daemons, wrong ones are refused.
 */
final class ConsoleHistoryHandler {

    private ConsoleHistoryHandler() {}

    static Response answer(NodeServer server, Request request) {
        // Existence comes before anything else that may be wrong with the request.
        server.details();
        return Response.json(200, server.consoleHistory(query(request)));
    }

    private static ConsoleHistoryQuery query(Request request) {
        var query =
                ConsoleHistoryQuery.builder().after(number(request, "after")).before(number(request, "before"));
        number(request, "limit").ifPresent(limit -> query.limit((int) Math.max(0, Math.min(limit, Integer.MAX_VALUE))));
        var search = request.query("search");
        if (!search.isEmpty()) {
            query.search(new ConsoleSearch(search, "true".equals(request.query("regex"))));
        }
        return query.build();
    }

    private static OptionalLong number(Request request, String name) {
        var text = request.query(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new InvalidInputException(name + " (expected: a whole number)", e);
        }
    }
}
