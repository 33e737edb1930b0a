package dev.rookery.api.dialect;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.node.Capability;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a node of a dialect offers, where, and how its answers are to be understood. Immutable.
 *
 * <p>Sources: node API §2.0 (Pelican, Pterodactyl), §2.10 (Calagopus), §7.6 (detection). For Nexus only the paths are known; see
 * {@code docs/protocol/nexus.md}. A node that is driven by Flamingo's panel is one of Pelican or Pterodactyl; its table has what both
 * have.
 */
public final class NodeDialect {

    private static final int SUCCESS = 100;
    private static final int BAD_GATEWAY = 502;
    private static final int EXPECTATION_FAILED = 417;
    private static final Map<Dialect, NodeDialect> ALL = all();

    private final Dialect dialect;
    private final Map<NodeCall, NodeRoute> routes;
    private final Set<Capability> capabilities;

    private NodeDialect(Dialect dialect, Map<NodeCall, NodeRoute> routes) {
        this.dialect = dialect;
        this.routes = routes;
        this.capabilities = capabilitiesOf(routes);
    }

    /** Returns the node's side of a dialect. */
    public static NodeDialect of(Dialect dialect) {
        return requireNonNull(ALL.get(dialect), "dialect");
    }

    /**
     * Tells a node's dialect from the headers of its answer to {@code GET /api/system}: Pelican's daemon names itself in {@code
     * User-Agent}, Pterodactyl's gives each answer an {@code X-Request-Id}, Calagopus' does neither. Nexus cannot be told. Source: node
     * API §7.6.
     *
     * @param header gives a header's value by its name, in whatever case
     */
    public static Dialect detect(Function<String, Optional<String>> header) {
        if (header.apply("User-Agent").filter(NodeDialect::namesPelican).isPresent()) {
            return Dialect.PELICAN;
        }
        return header.apply("X-Request-Id").isPresent() ? Dialect.PTERODACTYL : Dialect.CALAGOPUS;
    }

    /**
     * Returns whether an answer of a call that needs the node's token shows another dialect than this. Says no where it cannot tell: a
     * proxy before the node answers without the node's headers.
     *
     * @param status the answer's status
     * @param header gives a header's value by its name, in whatever case
     */
    public boolean contradicts(int status, Function<String, Optional<String>> header) {
        boolean pelican =
                header.apply("User-Agent").filter(NodeDialect::namesPelican).isPresent();
        return switch (dialect) {
            // A proxy's error lacks the daemon's name, a success has it.
            case PELICAN -> status / SUCCESS == 2 && !pelican;
            case PTERODACTYL -> pelican;
            case CALAGOPUS -> pelican || header.apply("X-Request-Id").isPresent();
            case FLAMINGO, NEXUS -> false;
        };
    }

    /** Returns whether a text is what a daemon of any dialect says of a route that it does not have. Source: node API §1.5. */
    public static boolean saysUnknownRoute(int status, String text) {
        var plain = text.strip();
        return status == 404
                && (plain.startsWith("404 page not found")
                        || plain.equals("route not found")
                        || plain.equals("{\"error\":\"route not found\"}"));
    }

    /** Returns whose table this is. */
    public Dialect dialect() {
        return dialect;
    }

    /** Returns where a node of this dialect offers a call; empty if it does not. */
    public Optional<NodeRoute> route(NodeCall call) {
        return Optional.ofNullable(routes.get(call));
    }

    /** Returns where every node offers a call whose dialect can be told by {@link #detect}; empty if it depends on the dialect. */
    public static Optional<NodeRoute> common(NodeCall call) {
        var route = of(Dialect.PELICAN).route(call);
        return route.equals(of(Dialect.PTERODACTYL).route(call))
                        && route.equals(of(Dialect.CALAGOPUS).route(call))
                ? route
                : Optional.empty();
    }

    /** Returns where a node offers a call that it announces though its dialect does not have it, as a node of ours may. */
    public static Optional<NodeRoute> announced(NodeCall call) {
        return Optional.ofNullable(NodeRoutes.announced(call));
    }

    /** Returns the groups of calls that every node of this dialect has. */
    public Set<Capability> capabilities() {
        return capabilities;
    }

    /** Returns whether a success without a result is {@code 200 {}}; otherwise it is an empty 202 or 204. Source: node API §2.10.1. */
    public boolean answersEmptyObjects() {
        return dialect == Dialect.CALAGOPUS;
    }

    /** Returns whether logs are plain text; otherwise they are JSON. Source: node API §2.3. */
    public boolean logsAreText() {
        return dialect == Dialect.CALAGOPUS;
    }

    /** Returns the query parameter for the number of console lines. Source: node API §2.3. */
    public String logLinesParameter() {
        return dialect == Dialect.CALAGOPUS ? "lines" : "size";
    }

    /** Returns whether this status of the call for commands means that the server does not run. Source: node API §2.3. */
    public boolean saysNotRunning(int status) {
        // Both, since a proxy's 502 cannot be told from the daemon's, and newer daemons of one kind take over from the
        // other.
        return status == BAD_GATEWAY || status == EXPECTATION_FAILED;
    }

    /** Returns whether an error of the call for the installation's output means that there is none. Source: node API §2.3. */
    public boolean saysNoInstallLog(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        return lower.contains("failed to read the log for the installation process")
                || lower.contains("unable to find installation log file");
    }

    /** Returns the names of the parts of a transfer's body, which differ so much that nodes cannot send to those of other dialects. */
    public TransferParts transferParts() {
        return switch (dialect) {
            case CALAGOPUS ->
                new TransferParts("checksum", "backup-", "", "backup-checksum-", "", "install-logs", "backup/wings");
            case PTERODACTYL -> new TransferParts("checksum", "", "", "", "", "", "");
            default ->
                new TransferParts(
                        "checksum_archive",
                        "backup_",
                        ".tar.gz",
                        "checksum_backup_",
                        ".tar.gz",
                        "install_logs",
                        "application/gzip");
        };
    }

    private static boolean namesPelican(String agent) {
        return agent.startsWith("Pelican Wings/");
    }

    private static Map<Dialect, NodeDialect> all() {
        var all = new EnumMap<Dialect, NodeDialect>(Dialect.class);
        all.put(Dialect.PELICAN, new NodeDialect(Dialect.PELICAN, NodeRoutes.pelican()));
        all.put(Dialect.PTERODACTYL, new NodeDialect(Dialect.PTERODACTYL, NodeRoutes.pterodactyl()));
        all.put(Dialect.FLAMINGO, new NodeDialect(Dialect.FLAMINGO, NodeRoutes.pterodactyl()));
        all.put(Dialect.CALAGOPUS, new NodeDialect(Dialect.CALAGOPUS, NodeRoutes.calagopus()));
        all.put(Dialect.NEXUS, new NodeDialect(Dialect.NEXUS, NodeRoutes.nexus()));
        return all;
    }

    private static Set<Capability> capabilitiesOf(Map<NodeCall, NodeRoute> routes) {
        var capabilities = new LinkedHashSet<Capability>();
        for (var call : NodeCall.values()) {
            call.capability().ifPresent(capabilities::add);
        }
        for (var call : NodeCall.values()) {
            if (call.essential() && !routes.containsKey(call)) {
                call.capability().ifPresent(capabilities::remove);
            }
        }
        return Set.copyOf(capabilities);
    }
}
