package dev.rookery.daemon.internal.http;

import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.NodeCall;
import dev.rookery.api.dialect.NodeDialect;
import dev.rookery.api.dialect.NodeRoute;
import dev.rookery.api.node.Capability;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the edge serves, and where: the routes of its dialect and those that nodes of ours announce. Immutable. */
final class Routes {

    /** What the edge itself adds to a node, since it concerns the wire only. */
    private static final Set<Capability> OF_THE_EDGE =
            Set.of(Capability.SIGNED_URLS, Capability.TOKEN_DENIAL, Capability.DEAUTHORIZATION);
    /** What nodes of ours may have in every dialect. */
    private static final Set<Capability> OURS = Set.of(
            Capability.NUMBERED_CONSOLE,
            Capability.CONSOLE_HISTORY,
            Capability.ABORT_INSTALL,
            Capability.FILE_PAGES,
            Capability.CONTENT_SEARCH,
            Capability.FILE_JOBS,
            Capability.ARCHIVE_ENTRIES,
            Capability.RESUMABLE_UPLOADS);

    private static final Set<NodeCall> GIVE_FILES =
            Set.of(NodeCall.READ_FILE, NodeCall.SIGNED_DOWNLOAD, NodeCall.SIGNED_BACKUP);

    private static final String GET = "GET";
    private static final String HEAD = "HEAD";
    private static final String SERVER = "{uuid}";
    private static final String SERVER_PREFIX = "/api/servers/" + SERVER;

    private final Set<Capability> capabilities;
    private final Map<String, List<Entry>> entries = new HashMap<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared, and changed by nobody
    private record Entry(NodeCall call, String template, String[] segments) {}

    /**
     * Creates the table.
     *
     * @param dialect whose routes
     * @param offered what the served node has
     */
    Routes(Dialect dialect, Set<Capability> offered) {
        var spoken = NodeDialect.of(dialect);
        var listed = new ArrayList<Capability>();
        for (var capability : offered) {
            if (spoken.capabilities().contains(capability) || OURS.contains(capability)) {
                listed.add(capability);
            }
        }
        OF_THE_EDGE.stream()
                .filter(capability -> spoken.capabilities().contains(capability))
                .filter(capability -> !listed.contains(capability))
                .forEach(listed::add);
        capabilities = Set.copyOf(listed);
        for (var call : NodeCall.values()) {
            var ours = call.capability().filter(OURS::contains).filter(capabilities::contains);
            // The long form of the system has the path of the short one.
            if (call != NodeCall.MACHINE_DETAILS) {
                spoken.route(call)
                        .or(() -> ours.flatMap(capability -> NodeDialect.announced(call)))
                        .ifPresent(route -> add(call, route));
            }
        }
    }

    /** Returns which groups of calls can be reached here. */
    Set<Capability> capabilities() {
        return capabilities;
    }

    /** Finds the route of a request. What gives a file tells about it, too: {@code HEAD}. */
    Optional<Match> match(String method, String path) {
        return method.equals(HEAD)
                ? find(GET, path)
                        .filter(match -> GIVE_FILES.contains(match.call()))
                        .map(match -> new Match(match.call(), match.route(), match.server(), match.argument(), true))
                : find(method, path);
    }

    private Optional<Match> find(String method, String path) {
        var given = path.split("/", -1);
        for (var entry : entries.getOrDefault(shape(method, given), List.of())) {
            var match = match(entry, method, given);
            if (match != null) {
                return Optional.of(match);
            }
        }
        return Optional.empty();
    }

    private void add(NodeCall call, NodeRoute route) {
        var segments = route.template().split("/", -1);
        entries.computeIfAbsent(shape(route.method(), segments), shape -> new ArrayList<>())
                .add(new Entry(call, route.template(), segments));
    }

    private static String shape(String method, String[] segments) {
        return method + " " + segments.length;
    }

    private static @Nullable Match match(Entry entry, String method, String[] given) {
        var server = "";
        var argument = "";
        for (int i = 0; i < given.length; i++) {
            var expected = entry.segments()[i];
            if (expected.equals(SERVER) && !given[i].isEmpty()) {
                server = given[i];
            } else if (expected.startsWith("{") && !given[i].isEmpty()) {
                argument = given[i];
            } else if (!expected.equals(given[i])) {
                return null;
            }
        }
        return new Match(entry.call(), method + " " + entry.template(), server, argument, false);
    }

    /**
     * A route that was asked for.
     *
     * @param call which call
     * @param route method and path template, for logs
     * @param server the server in the path as it was written, empty for calls of the node
     * @param argument what else stood in the path: a backup, a download
     * @param headOnly whether nothing but the headers of the answer is wanted
     */
    record Match(NodeCall call, String route, String server, String argument, boolean headOnly) {

        /** Returns whether the call belongs to a server that the node has to have. */
        boolean ofServer() {
            return route.contains(SERVER_PREFIX);
        }

        /** Returns whether who asks shows something else than the node's token. Source: node API §1.4. */
        boolean open() {
            return switch (call) {
                case CONSOLE, SIGNED_DOWNLOAD, SIGNED_BACKUP, SIGNED_UPLOAD, RECEIVE_TRANSFER -> true;
                default -> false;
            };
        }

        /** Returns whether the body goes to the handler as it arrives; every other body is held in memory. */
        boolean streamed() {
            return call == NodeCall.WRITE_FILE || call == NodeCall.APPEND_UPLOAD || multipart();
        }

        /** Returns whether the body says itself where it ends. */
        boolean multipart() {
            return call == NodeCall.SIGNED_UPLOAD || call == NodeCall.RECEIVE_TRANSFER;
        }

        /**
         * Returns whether the work ends when nobody waits for its answer any more. Only for what leaves nothing behind: a client that gives up on
         * a call that changes something means that it is done all the same.
         */
        boolean endsWithClient() {
            return switch (call) {
                case SEARCH_CONTENT, LIST_ARCHIVE, READ_ARCHIVE_ENTRY -> true;
                default -> false;
            };
        }

        /** Returns whether the call changes something. */
        boolean changes() {
            return !route.startsWith("GET ");
        }

        @Override
        public String toString() {
            return route;
        }
    }
}
