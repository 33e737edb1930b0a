package dev.rookery.examples.panel.http;

import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import dev.rookery.examples.panel.account.AttemptLimit;
import dev.rookery.examples.panel.account.Grants;
import dev.rookery.examples.panel.account.People;
import dev.rookery.examples.panel.sql.SubuserStore.Subuser;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who besides its owner may do what on a server. Nobody gives what he does not hold. */
final class SubuserApi {

    private static final int NAME_MAX = 64;

    private final People people;
    private final ServerAccess access;
    /** An invitation tells whether there is such a user. */
    private final AttemptLimit invitations = new AttemptLimit(20, Duration.ofMinutes(15));

    SubuserApi(People people, ServerAccess access) {
        this.people = people;
        this.access = access;
    }

    void register(RoutesConfig routes) {
        routes.get("/api/servers/{uuid}/users", this::list, OnServer.holding(Permission.USER_READ));
        routes.post("/api/servers/{uuid}/users", this::invite, OnServer.holding(Permission.USER_CREATE));
        routes.put("/api/servers/{uuid}/users/{user}", this::permit, OnServer.holding(Permission.USER_UPDATE));
        routes.delete("/api/servers/{uuid}/users/{user}", this::expel, OnServer.holding(Permission.USER_DELETE));
    }

    private void list(Context request) {
        var server = access.require(request);
        request.json(Map.of(
                "items",
                        people.subusers().list(server.id()).stream()
                                .map(View::of)
                                .toList(),
                "groups", Grants.groups(),
                "grantable", Grants.grantable(access.permissions(request))));
    }

    private void invite(Context request) {
        var server = access.require(request);
        var body = Bodies.read(request, Invitation.class);
        invitations.require(Guard.user(request).uuid().toString());
        var username = Bodies.required(body.username(), "username", NAME_MAX);
        var subuser = people.invite(
                server.id(), server.owner(), username, wanted(body.permissions()), access.permissions(request));
        request.status(201);
        request.json(View.of(subuser));
    }

    private void permit(Context request) {
        var server = access.require(request);
        var user = user(request);
        if (user.equals(Guard.user(request).uuid())) {
            throw new ApiError(403, "forbidden", "You cannot change your own access.");
        }
        var wanted = wanted(Bodies.read(request, Change.class).permissions());
        request.json(View.of(people.permit(server.id(), user, wanted, access.permissions(request))));
    }

    private void expel(Context request) {
        people.expel(access.require(request).id(), user(request), Guard.user(request), access.permissions(request));
        request.status(204);
    }

    private static Permissions wanted(@Nullable List<String> names) {
        return Grants.read(Bodies.required(names, "permissions"));
    }

    static UUID user(Context request) {
        var text = request.pathParam("user");
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new ApiError(404, "user_not_found", "There is no user " + text + " here.");
        }
    }

    record Invitation(@Nullable String username, @Nullable List<String> permissions) {}

    record Change(@Nullable List<String> permissions) {}

    record View(String id, String username, boolean disabled, List<String> permissions, Instant since) {
        static View of(Subuser subuser) {
            return new View(
                    subuser.user().uuid().toString(),
                    subuser.user().username(),
                    subuser.user().disabled(),
                    subuser.permissions().toList(),
                    subuser.since());
        }
    }
}
