package dev.rookery.examples.panel.http;

import dev.rookery.panel.PanelEndpoint;
import dev.rookery.panel.PanelRequest;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;

/** The routes that nodes call, all of them answered by sdk-panel. */
final class RemoteApi {

    private final PanelEndpoint endpoint;

    RemoteApi(PanelEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    void register(RoutesConfig routes) {
        for (var path : new String[] {"/api/remote/*", "/api/application/nodes/*"}) {
            routes.get(path, this::handle, Access.NODE);
            routes.post(path, this::handle, Access.NODE);
            routes.put(path, this::handle, Access.NODE);
            routes.patch(path, this::handle, Access.NODE);
            routes.delete(path, this::handle, Access.NODE);
        }
    }

    private void handle(Context request) {
        var query = new HashMap<String, String>();
        request.queryParamMap().forEach((name, values) -> query.put(name, values.get(0)));
        try (var body = request.bodyInputStream()) {
            var answer = endpoint.handle(
                    new PanelRequest(request.method().toString(), request.path(), query, request.headerMap(), body));
            request.status(answer.status());
            answer.headers().forEach(request::header);
            if (answer.body().length > 0) {
                request.result(answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
