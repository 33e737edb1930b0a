package dev.rookery.examples.panel.http;

import dev.rookery.api.Caller;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ServerId;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import dev.rookery.examples.panel.account.ServerRights;
import dev.rookery.examples.panel.account.User;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.spi.PanelServer;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Finds the server of a request. {@link Guard} asks before every route of a server, so that a route only finds what its user may see. */
public final class ServerAccess {

    private static final Duration AUTHORITY = Duration.ofMinutes(10);
    private static final String PATH = "/api/servers/";
    private static final String SERVER_ATTRIBUTE = "server";
    private static final String PERMISSIONS_ATTRIBUTE = "permissions";

    private final PanelService panel;
    private final ServerRights rights;
    private final Clock clock;

    /** Creates the access to the servers of a panel. */
    public ServerAccess(PanelService panel, ServerRights rights, Clock clock) {
        this.panel = panel;
        this.rights = rights;
        this.clock = clock;
    }

    /** Lets a request to a route of one server through if its user has access, or says that there is no such server. */
    void admit(Context request, User user) {
        var path = request.path();
        if (!path.startsWith(PATH)) {
            return;
        }
        // Read from the path as it was sent: what is written in another way than a uuid is none, here and for the
        // route.
        var uuid = path.substring(PATH.length()).split("/", 2)[0];
        var server = panel.store().servers().find(id(uuid)).orElseThrow(() -> notFound(uuid));
        var permissions = rights.of(user, server).orElseThrow(() -> notFound(uuid));
        request.attribute(SERVER_ATTRIBUTE, server);
        request.attribute(PERMISSIONS_ATTRIBUTE, permissions);
    }

    /** Returns the server of an admitted request. */
    PanelServer require(Context request) {
        PanelServer server = request.attribute(SERVER_ATTRIBUTE);
        if (server == null) {
            throw new ApiError(404, "server_not_found", "There is no such server.");
        }
        return server;
    }

    /** Returns the server of an admitted request, if its user holds a permission there. */
    PanelServer require(Context request, Permission permission) {
        var server = require(request);
        if (!permissions(request).allows(permission)) {
            throw ApiError.lacking(permission);
        }
        return server;
    }

    /** Returns what the user of an admitted request may do on its server. */
    Permissions permissions(Context request) {
        Permissions permissions = request.attribute(PERMISSIONS_ATTRIBUTE);
        return permissions == null ? Permissions.none() : permissions;
    }

    /** Returns what a user may do on a server now; empty if there is no such user or server, or no access. */
    public Optional<Permissions> permissions(UUID user, ServerId server) {
        return panel.store().servers().find(server).flatMap(found -> rights.of(user, found));
    }

    /** Returns the authority with which a node is asked on behalf of the request's user. */
    Caller.User caller(Context request, PanelServer server) {
        return new Caller.User(
                Guard.user(request).uuid(),
                permissions(request),
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
