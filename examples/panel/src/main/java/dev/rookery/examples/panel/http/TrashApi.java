package dev.rookery.examples.panel.http;

import dev.rookery.api.NotOfferedException;
import dev.rookery.api.permission.Permission;
import dev.rookery.examples.panel.Trash;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The deleted files of a server. Who may delete files may also look at them and bring them back, whatever else he may do; so the panel does
 * it on its own authority.
 */
final class TrashApi {

    private static final String PATH = FileApi.PATH + "/trash";

    private final ServerFileAccess access;
    private final Trash trash;

    TrashApi(ServerFileAccess access, Trash trash) {
        this.access = access;
        this.trash = trash;
    }

    void register(RoutesConfig routes) {
        routes.get(PATH, this::list, OnServer.holding(Permission.FILE_DELETE));
        routes.post(PATH, this::put, OnServer.holding(Permission.FILE_DELETE));
        routes.post(PATH + "/restore", this::restore, OnServer.holding(Permission.FILE_DELETE));
        routes.post(PATH + "/delete", this::delete, OnServer.holding(Permission.FILE_DELETE));
        routes.delete(PATH, this::empty, OnServer.holding(Permission.FILE_DELETE));
    }

    private void list(Context request) {
        try {
            request.json(Map.of("items", trash.list(access.asPanel(request))));
        } catch (NotOfferedException e) {
            request.json(Map.of("items", List.of()));
        }
    }

    private void put(Context request) {
        var body = Bodies.read(request, FileApi.FileNames.class);
        var directory = FilePaths.directory(body.directory());
        var names = FilePaths.some(body.files());
        var ids = trash.put(access.asPanel(request), directory, names);
        access.note(request, "delete", directory, ServerFileAccess.names(names));
        request.json(Map.of("ids", ids));
    }

    private void restore(Context request) {
        var ids = FilePaths.some(Bodies.read(request, Ids.class).ids(), "ids");
        var files = access.asPanel(request);
        var restored = new ArrayList<String>();
        var refused = new ArrayList<String>();
        for (var id : ids) {
            (trash.restore(files, id) ? restored : refused).add("/" + Trash.path(id));
        }
        if (!restored.isEmpty()) {
            access.note(request, "restore", "/", ServerFileAccess.names(restored));
        }
        request.json(Map.of("restored", restored, "refused", refused));
    }

    private void delete(Context request) {
        var ids = FilePaths.some(Bodies.read(request, Ids.class).ids(), "ids");
        trash.delete(access.asPanel(request), ids);
        access.note(request, "delete", "/" + Trash.DIRECTORY, ServerFileAccess.names(ids));
        request.status(204);
    }

    private void empty(Context request) {
        trash.empty(access.asPanel(request));
        access.note(request, "delete", "/", ServerFileAccess.names(List.of(Trash.DIRECTORY)));
        request.status(204);
    }

    record Ids(@Nullable List<String> ids) {}
}
