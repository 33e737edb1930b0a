package dev.rookery.examples.panel.http;

import dev.rookery.api.CallOptions;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.file.ContentMatches;
import dev.rookery.api.file.ContentSearch;
import dev.rookery.api.permission.Permission;
import dev.rookery.examples.panel.Trash;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks for text in the files of a server. Everybody has one search at a time in a server: the next one ends the one before, on the node, too, since
 * nobody reads its answer any more.
 */
final class ContentSearchApi {

    private static final String PATH = FileApi.PATH + "/search/content";
    private static final int TEXT_MAX = 1000;
    private static final int ID_MAX = 64;

    private final ServerFileAccess access;
    private final Map<Searcher, Running> running = new ConcurrentHashMap<>();

    private record Searcher(UUID user, ServerId server) {}

    /** A search, by the name that the browser gave it: whoever ends it must not end the next one. */
    private record Running(String id, CancelSignal signal) {}

    ContentSearchApi(ServerFileAccess access) {
        this.access = access;
    }

    void register(RoutesConfig routes) {
        routes.post(PATH, this::search, OnServer.holding(Permission.FILE_READ_CONTENT));
        routes.delete(PATH + "/{search}", this::cancel, OnServer.holding(Permission.FILE_READ_CONTENT));
    }

    private void search(Context request) {
        var body = Bodies.read(request, Wanted.class);
        var wanted = new ContentSearch(
                FilePaths.directory(body.directory()),
                Bodies.required(body.text(), "text", TEXT_MAX),
                Boolean.TRUE.equals(body.matchCase()));
        var searcher = searcher(request);
        var signal = CancelSignal.create();
        var search = new Running(Bodies.required(body.id(), "id", ID_MAX), signal);
        end(running.put(searcher, search));
        try {
            request.json(view(
                    access.files(request, CallOptions.defaults().cancel(signal)).search(wanted)));
        } catch (RookeryException e) {
            if (signal.cancelled()) {
                throw new ApiError(409, "search_ended", "The search was ended (expected: to wait for it).");
            }
            throw e;
        } finally {
            running.remove(searcher, search);
        }
    }

    private void cancel(Context request) {
        var present = running.get(searcher(request));
        if (present != null && present.id().equals(request.pathParam("search"))) {
            end(present);
        }
        request.status(204);
    }

    private Searcher searcher(Context request) {
        return new Searcher(Guard.user(request).uuid(), access.server(request));
    }

    private static void end(@Nullable Running search) {
        if (search != null) {
            search.signal().cancel();
        }
    }

    private static Map<String, Object> view(ContentMatches found) {
        var items = found.matches().stream()
                .filter(match -> !Trash.holds(match.path()))
                .map(match -> new MatchView(match.path(), match.line(), match.text()))
                .toList();
        return Map.of("items", items, "complete", found.complete());
    }

    record Wanted(
            @Nullable String id,
            @Nullable String directory,
            @Nullable String text,
            @Nullable Boolean matchCase) {}

    record MatchView(String path, long line, String text) {}
}
