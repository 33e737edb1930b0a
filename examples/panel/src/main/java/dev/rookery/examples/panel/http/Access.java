package dev.rookery.examples.panel.http;

import io.javalin.security.RouteRole;

/** Who may use a route. A route without one of these is refused for everybody. */
public enum Access implements RouteRole {
    /** Anybody, with or without a session. */
    PUBLIC,
    /** Whoever is logged in. */
    USER,
    /** Administrators. */
    ADMIN,
    /** Nodes: the route checks their credentials itself. */
    NODE
}
