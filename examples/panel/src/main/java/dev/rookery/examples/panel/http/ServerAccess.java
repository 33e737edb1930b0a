package dev.rookery.examples.panel.http;

import dev.rookery.api.Caller;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ServerId;
import dev.rookery.examples.panel.account.User;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.spi.PanelServer;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;

/** Finds the server of a request, for a user who may see it: the owner, or an administrator. To others it does not exist. */
final class ServerAccess {

    private static final Duration AUTHORITY = Duration.ofMinutes(10);

    private final PanelService panel;
    private final Clock clock;

    ServerAccess(PanelService panel, Clock clock) {
        this.panel = panel;
        this.clock = clock;
    }

    PanelServer require(Context request) {
        return require(request.pathParam("uuid"), Guard.user(request));
    }

    PanelServer require(String uuid, User user) {
        return panel.store()
                .servers()
                .find(id(uuid))
                .filter(server -> user.admin() || server.owner().equals(user.uuid()))
                .orElseThrow(() -> notFound(uuid));
    }

    /** Returns the authority with which a node is asked on behalf of the request's user. */
    Caller.User caller(Context request, PanelServer server) {
        var user = Guard.user(request);
        return new Caller.User(
                user.uuid(),
                user.permissionsOn(server.owner().equals(user.uuid())),
                request.ip(),
                clock.instant().plus(AUTHORITY));
    }

    private static ServerId id(String uuid) {
        try {
            return ServerId.parse(uuid);
        } catch (InvalidInputException e) {
            throw notFound(uuid);
        }
    }

    private static ApiError notFound(String uuid) {
        return new ApiError(404, "server_not_found", "There is no server " + uuid + ".");
    }
}
