package dev.rookery.api.dialect;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The routes of each dialect. Sources: node API §2.0, §2.10.2; for Nexus the paths that its documentation lists. */
final class NodeRoutes {

    private static final String SERVER = "/api/servers/{uuid}";

    private NodeRoutes() {}

    /** Pelican's table: 46 routes less those that share a path. */
    static Map<NodeCall, NodeRoute> pelican() {
        return table(NodeRoutes::goRoute);
    }

    /** Pterodactyl's: what Pelican has added is not there. Source: node API §7.1. */
    static Map<NodeCall, NodeRoute> pterodactyl() {
        return table(call -> switch (call) {
            case DIAGNOSTICS,
                    DOCKER_DISK,
                    PRUNE_IMAGES,
                    IP_ADDRESSES,
                    UTILIZATION,
                    DEAUTHORIZE,
                    INSTALL_LOG,
                    DELETE_ALL_BACKUPS,
                    SEARCH_FILES -> null;
            default -> goRoute(call);
        });
    }

    /** Calagopus'. Source: node API §2.10.1 and §2.10.2. */
    static Map<NodeCall, NodeRoute> calagopus() {
        return table(call -> switch (call) {
            case MACHINE_DETAILS,
                    UTILIZATION,
                    IP_ADDRESSES,
                    DOCKER_DISK,
                    PRUNE_IMAGES,
                    DIAGNOSTICS,
                    INSTALL,
                    DELETE_ALL_BACKUPS -> null;
            case INSTALL_LOG -> get(SERVER + "/logs/install");
            case ABORT_INSTALL -> abortInstall();
            case SEARCH_FILES -> post(SERVER + "/files/search");
            default -> goRoute(call);
        });
    }

    static Map<NodeCall, NodeRoute> nexus() {
        return table(call -> switch (call) {
            case SYSTEM -> get("/api/system");
            case LIST_SERVERS -> get("/api/servers");
            case POWER -> post(SERVER + "/power");
            case CONSOLE -> get(SERVER + "/console");
            case LIST_FILES, READ_FILE -> get(SERVER + "/files/{path}");
            case WRITE_FILE -> new NodeRoute("PUT", SERVER + "/files/{path}");
            default -> null;
        });
    }

    /** Where a node offers what it announces beyond its dialect. */
    static @Nullable NodeRoute announced(NodeCall call) {
        return switch (call) {
            case ABORT_INSTALL -> abortInstall();
            case CONSOLE_HISTORY -> get(SERVER + "/console/history");
            case BEGIN_UPLOAD -> post(SERVER + "/files/uploads");
            case UPLOAD_STATE -> get(SERVER + "/files/uploads/{upload}");
            case APPEND_UPLOAD -> new NodeRoute("PATCH", SERVER + "/files/uploads/{upload}");
            case CANCEL_UPLOAD -> delete(SERVER + "/files/uploads/{upload}");
            case LIST_FILE_PAGE -> get(SERVER + "/files/list");
            case SEARCH_CONTENT -> post(SERVER + "/files/search/content");
            case LIST_ARCHIVE -> get(SERVER + "/files/archive");
            case READ_ARCHIVE_ENTRY -> get(SERVER + "/files/archive/contents");
            case LIST_FILE_JOBS -> get(SERVER + "/files/jobs");
            case CANCEL_FILE_JOB -> delete(SERVER + "/files/jobs/{id}");
            default -> goRoute(call);
        };
    }

    private static @Nullable NodeRoute goRoute(NodeCall call) {
        return switch (call) {
            case SYSTEM, MACHINE_DETAILS -> get("/api/system");
            case UTILIZATION -> get("/api/system/utilization");
            case IP_ADDRESSES -> get("/api/system/ips");
            case DOCKER_DISK -> get("/api/system/docker/disk");
            case PRUNE_IMAGES -> delete("/api/system/docker/image/prune");
            case DIAGNOSTICS -> get("/api/diagnostics");
            case UPDATE_CONFIGURATION -> post("/api/update");
            case DEAUTHORIZE -> post("/api/deauthorize-user");
            case LIST_SERVERS -> get("/api/servers");
            case CREATE_SERVER -> post("/api/servers");
            case RECEIVE_TRANSFER -> post("/api/transfers");
            case CANCEL_RECEIVING -> delete("/api/transfers/{uuid}");
            case SIGNED_DOWNLOAD -> get("/download/file");
            case SIGNED_BACKUP -> get("/download/backup");
            case SIGNED_UPLOAD -> post("/upload/file");
            default -> goServerRoute(call);
        };
    }

    private static @Nullable NodeRoute goServerRoute(NodeCall call) {
        return switch (call) {
            case SERVER_DETAILS -> get(SERVER);
            case DELETE_SERVER -> delete(SERVER);
            case POWER -> post(SERVER + "/power");
            case COMMANDS -> post(SERVER + "/commands");
            case LOGS -> get(SERVER + "/logs");
            case INSTALL_LOG -> get(SERVER + "/install-logs");
            case SYNC -> post(SERVER + "/sync");
            case INSTALL -> post(SERVER + "/install");
            case REINSTALL -> post(SERVER + "/reinstall");
            case DENY_TOKENS -> post(SERVER + "/ws/deny");
            case CONSOLE -> get(SERVER + "/ws");
            case CREATE_BACKUP -> post(SERVER + "/backup");
            case RESTORE_BACKUP -> post(SERVER + "/backup/{backup}/restore");
            case DELETE_BACKUP -> delete(SERVER + "/backup/{backup}");
            case DELETE_ALL_BACKUPS -> delete(SERVER + "/deleteAllBackups");
            case START_TRANSFER -> post(SERVER + "/transfer");
            case CANCEL_TRANSFER -> delete(SERVER + "/transfer");
            default -> goFileRoute(call);
        };
    }

    private static @Nullable NodeRoute goFileRoute(NodeCall call) {
        return switch (call) {
            case READ_FILE -> get(SERVER + "/files/contents");
            case WRITE_FILE -> post(SERVER + "/files/write");
            case LIST_FILES -> get(SERVER + "/files/list-directory");
            case RENAME_FILES -> new NodeRoute("PUT", SERVER + "/files/rename");
            case COPY_FILE -> post(SERVER + "/files/copy");
            case DELETE_FILES -> post(SERVER + "/files/delete");
            case CREATE_DIRECTORY -> post(SERVER + "/files/create-directory");
            case CHMOD_FILES -> post(SERVER + "/files/chmod");
            case COMPRESS -> post(SERVER + "/files/compress");
            case DECOMPRESS -> post(SERVER + "/files/decompress");
            case SEARCH_FILES -> get(SERVER + "/files/search");
            case LIST_DOWNLOADS -> get(SERVER + "/files/pull");
            case START_DOWNLOAD -> post(SERVER + "/files/pull");
            case CANCEL_DOWNLOAD -> delete(SERVER + "/files/pull/{download}");
            default -> null;
        };
    }

    private static NodeRoute abortInstall() {
        return post(SERVER + "/install/abort");
    }

    private static Map<NodeCall, NodeRoute> table(Function<NodeCall, @Nullable NodeRoute> where) {
        var routes = new EnumMap<NodeCall, NodeRoute>(NodeCall.class);
        for (var call : NodeCall.values()) {
            var route = where.apply(call);
            if (route != null) {
                routes.put(call, route);
            }
        }
        return routes;
    }

    private static NodeRoute get(String template) {
        return new NodeRoute("GET", template);
    }

    private static NodeRoute post(String template) {
        return new NodeRoute("POST", template);
    }

    private static NodeRoute delete(String template) {
        return new NodeRoute("DELETE", template);
    }
}
