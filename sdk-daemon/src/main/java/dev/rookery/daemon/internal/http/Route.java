package dev.rookery.daemon.internal.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the edge serves. Source: node API §2.0. */
enum Route {
    SYSTEM("GET", "/api/system"),
    SERVERS("GET", "/api/servers"),
    CREATE("POST", "/api/servers"),
    DETAILS("GET", "/api/servers/:server"),
    DELETE("DELETE", "/api/servers/:server"),
    LOGS("GET", "/api/servers/:server/logs"),
    INSTALL_LOGS("GET", "/api/servers/:server/install-logs"),
    POWER("POST", "/api/servers/:server/power"),
    COMMANDS("POST", "/api/servers/:server/commands"),
    SYNC("POST", "/api/servers/:server/sync"),
    REINSTALL("POST", "/api/servers/:server/reinstall"),
    READ_FILE("GET", "/api/servers/:server/files/contents"),
    WRITE_FILE("POST", "/api/servers/:server/files/write"),
    /** Public: the token comes in the first frame. */
    CONSOLE("GET", "/api/servers/:server/ws");

    private static final String PARAMETER = ":server";

    private final String method;
    private final String template;

    Route(String method, String template) {
        this.method = method;
        this.template = template;
    }

    String method() {
        return method;
    }

    /** Returns method and path template, for logs. */
    @Override
    public String toString() {
        return method + " " + template;
    }

    /** Returns whether the body goes to the handler as it arrives; every other body is held in memory. */
    boolean streamed() {
        return this == WRITE_FILE;
    }

    /** Returns whether the route belongs to one server. */
    boolean ofServer() {
        return template.contains(PARAMETER);
    }

    static Optional<Match> match(String method, String path) {
        var given = path.split("/", -1);
        for (var route : values()) {
            if (route.method.equals(method)) {
                var server = route.serverIn(given);
                if (server != null) {
                    return Optional.of(new Match(route, server));
                }
            }
        }
        return Optional.empty();
    }

    private @Nullable String serverIn(String[] given) {
        var segments = template.split("/", -1);
        if (given.length != segments.length) {
            return null;
        }
        var server = "";
        for (int i = 0; i < segments.length; i++) {
            if (segments[i].equals(PARAMETER) && !given[i].isEmpty()) {
                server = given[i];
            } else if (!segments[i].equals(given[i])) {
                return null;
            }
        }
        return server;
    }

    /**
     * A route that was asked for.
     *
     * @param route which one
     * @param server the server in the path as it was written, empty for routes of the node
     */
    record Match(Route route, String server) {}
}
