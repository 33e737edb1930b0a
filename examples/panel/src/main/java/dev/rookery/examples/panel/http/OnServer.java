package dev.rookery.examples.panel.http;

import dev.rookery.api.permission.Permission;
import io.javalin.security.RouteRole;
import java.util.Optional;

/**
 * Who may use a route of one server: whoever has access to it and holds a permission there. To everybody else the server does not
 * exist.
 *
 * @param permission what is needed beyond access; empty if nothing, or if the route asks for it itself
 */
record OnServer(Optional<Permission> permission) implements RouteRole {

    /** Returns the role of whoever has access. */
    static OnServer anybody() {
        return new OnServer(Optional.empty());
    }

    /** Returns the role of whoever holds a permission. */
    static OnServer holding(Permission permission) {
        return new OnServer(Optional.of(permission));
    }
}
