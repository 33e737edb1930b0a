package dev.rookery.examples.panel.sql;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.Build;
import dev.rookery.panel.spi.AllocationRecord;
import dev.rookery.panel.spi.NewOperation;
import dev.rookery.panel.spi.NewServer;
import dev.rookery.panel.spi.Operation;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelException.Problem;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.PanelServer.Life;
import dev.rookery.panel.spi.ServerChange;
import dev.rookery.panel.spi.ServerQuery;
import dev.rookery.panel.spi.ServerSlice;
import dev.rookery.panel.spi.ServerSpec;
import dev.rookery.panel.spi.ServerStatus;
import dev.rookery.panel.spi.ServerStore;
import dev.rookery.panel.spi.StatusChange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Servers in the database. */
final class SqlServers implements ServerStore {

    private static final int MOST_NAMED = 500;

    private final Jdbi jdbi;

    SqlServers(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public PanelServer add(NewServer server, NewOperation operation) {
        return jdbi.inTransaction(handle -> {
            requireNew(handle, server);
            insert(handle, server);
            take(handle, server.id(), server.node(), server.allocationIds());
            SqlOperations.insert(handle, Operation.of(operation));
            return server(handle, server.id()).orElseThrow();
        });
    }

    @Override
    public Optional<PanelServer> find(ServerId id) {
        return jdbi.withHandle(handle -> server(handle, id));
    }

    @Override
    public Optional<PanelServer> find(NodeId node, ServerId id) {
        return find(id).filter(server -> server.node().equals(node));
    }

    @Override
    public Optional<PanelServer> findByShortId(NodeId node, String shortId) {
        return jdbi.inTransaction(handle -> {
            // Two are enough to know that it is not the only one.
            var rows = handle.select(
                            "SELECT * FROM servers WHERE uuid LIKE ? AND node_id = ? LIMIT 2",
                            shortId + "-%",
                            node.value())
                    .map((row, context) -> new Row(row))
                    .list();
            return rows.size() == 1 ? withAllocations(handle, rows).stream().findFirst() : Optional.empty();
        });
    }

    @Override
    public ServerSlice list(ServerQuery query) {
        var where = new StringBuilder(" WHERE 1 = 1");
        var arguments = new LinkedHashMap<String, Object>();
        query.node().ifPresent(node -> {
            where.append(" AND node_id = :node");
            arguments.put("node", node.value());
        });
        query.owner().ifPresent(owner -> {
            where.append(" AND owner = :owner");
            arguments.put("owner", owner.toString());
        });
        if (!query.without().isEmpty()) {
            where.append(" AND status NOT IN (<without>)");
        }
        return jdbi.inTransaction(handle -> {
            var without = query.without().stream().map(ServerStatus::name).toList();
            var count =
                    handle.createQuery("SELECT COUNT(*) FROM servers" + where).bindMap(arguments);
            var page = handle.createQuery(
                            "SELECT * FROM servers" + where + " ORDER BY uuid LIMIT :limit OFFSET :offset")
                    .bindMap(arguments)
                    .bind("limit", query.limit())
                    .bind("offset", query.offset());
            if (!without.isEmpty()) {
                count.bindList("without", without);
                page.bindList("without", without);
            }
            var rows = page.map((row, context) -> new Row(row)).list();
            return new ServerSlice(
                    withAllocations(handle, rows), count.mapTo(Long.class).one());
        });
    }

    @Override
    public boolean changeStatus(NodeId node, ServerId id, StatusChange change) {
        return jdbi.inTransaction(handle ->
                Rows.exists(handle, "SELECT 1 FROM servers WHERE uuid = ? AND node_id = ?", id.toString(), node.value())
                        && changeStatus(handle, id, change));
    }

    /** Changes the status, if it still is one of those the change begins with. */
    static boolean changeStatus(Handle handle, ServerId id, StatusChange change) {
        return !change.from().isEmpty()
                && handle.createUpdate("UPDATE servers SET status = :to, reason = :reason, version = version + 1,"
                                        + " installed_at = COALESCE(:installedAt, installed_at)"
                                        + " WHERE uuid = :uuid AND status IN (<from>)")
                                .bind("to", change.to().name())
                                .bind("reason", change.reason().orElse(null))
                                .bind(
                                        "installedAt",
                                        change.installedAt()
                                                .map(Instant::toEpochMilli)
                                                .orElse(null))
                                .bind("uuid", id.toString())
                                .bindList(
                                        "from",
                                        change.from().stream()
                                                .map(ServerStatus::name)
                                                .toList())
                                .execute()
                        > 0;
    }

    @Override
    public boolean changeState(NodeId node, ServerId id, ServerState state, Instant now) {
        return jdbi.withHandle(handle -> handle.execute(
                        "UPDATE servers SET state = ?, state_at = ? WHERE uuid = ? AND node_id = ? AND state <> ?",
                        state.wireName(),
                        now.toEpochMilli(),
                        id.toString(),
                        node.value(),
                        state.wireName())
                > 0);
    }

    static void specify(Handle handle, ServerId id, ServerSpec spec) {
        if (Rows.exists(
                handle,
                "SELECT 1 FROM servers WHERE name_key = ? AND uuid <> ?",
                Rows.key(spec.name()),
                id.toString())) {
            throw nameInUse(spec.name());
        }
        handle.createUpdate("UPDATE servers SET name = :name, name_key = :key, description = :description,"
                        + " image = :image, startup = :startup, variables = :variables, build = :build,"
                        + " start_on_completion = :start WHERE uuid = :uuid")
                .bindMap(columns(spec))
                .bind("uuid", id.toString())
                .execute();
    }

    @Override
    public boolean changeSuspended(ServerId id, boolean suspended) {
        return jdbi.withHandle(handle -> handle.execute(
                        "UPDATE servers SET suspended = ?, version = version + 1 WHERE uuid = ? AND suspended <> ?",
                        suspended,
                        id.toString(),
                        suspended)
                > 0);
    }

    @Override
    public boolean change(PanelServer seen, List<ServerChange> changes) {
        return jdbi.inTransaction(handle -> SqlServerChanges.apply(handle, seen, changes));
    }

    @Override
    public void forgetStates(NodeId node, Instant now) {
        jdbi.useHandle(handle -> handle.execute(
                "UPDATE servers SET state = ?, state_at = ? WHERE node_id = ?",
                ServerState.UNKNOWN.wireName(),
                now.toEpochMilli(),
                node.value()));
    }

    private static void requireNew(Handle handle, NewServer server) {
        Rows.requireNode(handle, server.node());
        if (!Rows.exists(
                handle, "SELECT 1 FROM eggs WHERE id = ?", server.spec().eggId())) {
            throw Rows.eggNotFound(server.spec().eggId());
        }
        if (Rows.exists(
                handle, "SELECT 1 FROM servers WHERE uuid = ?", server.id().toString())) {
            throw new PanelException(
                    Problem.SERVER_EXISTS,
                    "there is a server " + server.id() + " already",
                    Map.of("server", server.id().toString()));
        }
        var name = server.spec().name();
        if (Rows.exists(handle, "SELECT 1 FROM servers WHERE name_key = ?", Rows.key(name))) {
            throw nameInUse(name);
        }
    }

    private static PanelException nameInUse(String name) {
        return new PanelException(
                Problem.SERVER_NAME_IN_USE, "there is a server '" + name + "' already", Map.of("name", name));
    }

    private static Map<String, Object> columns(ServerSpec spec) {
        return Map.of(
                "name", spec.name(),
                "key", Rows.key(spec.name()),
                "description", spec.description(),
                "image", spec.image(),
                "startup", spec.startup(),
                "variables", WireJson.writeText(spec.variables()),
                "build", WireJson.writeText(spec.build()),
                "start", spec.startOnCompletion());
    }

    private static void insert(Handle handle, NewServer server) {
        var spec = server.spec();
        handle.createUpdate("INSERT INTO servers (uuid, node_id, owner, name, name_key, description, egg_id, image,"
                        + " startup, variables, build, start_on_completion, status, state, state_at, created_at)"
                        + " VALUES (:uuid, :node, :owner, :name, :key, :description, :egg, :image, :startup,"
                        + " :variables, :build, :start, :status, :state, :now, :now)")
                .bind("uuid", server.id().toString())
                .bind("node", server.node().value())
                .bind("owner", server.owner().toString())
                .bindMap(columns(spec))
                .bind("egg", spec.eggId())
                .bind("status", ServerStatus.CREATING.name())
                .bind("state", ServerState.OFFLINE.wireName())
                .bind("now", server.createdAt().toEpochMilli())
                .execute();
    }

    /** Gives a server free allocations of a node; the first one becomes its primary one there. */
    static void take(Handle handle, ServerId server, NodeId node, List<Long> allocationIds) {
        boolean primary = true;
        for (long id : allocationIds) {
            var allocation = handle.select("SELECT * FROM allocations WHERE id = ? AND node_id = ?", id, node.value())
                    .map(Rows::allocation)
                    .findOne()
                    .orElseThrow(() -> Rows.allocationNotFound(node, id));
            if (allocation.server().isPresent()) {
                throw Rows.allocationInUse(allocation);
            }
            handle.execute(
                    "UPDATE allocations SET server_uuid = ?, is_primary = ? WHERE id = ?",
                    server.toString(),
                    primary,
                    id);
            primary = false;
        }
    }

    private static Optional<PanelServer> server(Handle handle, ServerId id) {
        var rows = handle.select("SELECT * FROM servers WHERE uuid = ?", id.toString())
                .map((row, context) -> new Row(row))
                .list();
        return withAllocations(handle, rows).stream().findFirst();
    }

    private static List<PanelServer> withAllocations(Handle handle, List<Row> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        // One query for all; of very many servers, which no statement can name, it takes the whole table.
        boolean named = rows.size() <= MOST_NAMED;
        var sql = "SELECT a.* FROM allocations a JOIN servers s ON s.uuid = a.server_uuid AND s.node_id = a.node_id"
                + (named ? " WHERE s.uuid IN (<uuids>)" : "") + " ORDER BY a.is_primary DESC, a.id";
        var query = handle.createQuery(sql);
        if (named) {
            query.bindList(
                    "uuids", rows.stream().map(row -> row.uuid.toString()).toList());
        }
        Map<ServerId, List<AllocationRecord>> allocations = query.map(Rows::allocation).stream()
                .collect(Collectors.groupingBy(a -> a.server().orElseThrow()));
        var servers = new ArrayList<PanelServer>(rows.size());
        for (var row : rows) {
            servers.add(row.server(allocations.getOrDefault(row.uuid, List.of())));
        }
        return servers;
    }

    /** A row of the table servers, read. */
    private static final class Row {

        private final ServerId uuid;
        private final int number;
        private final NodeId node;
        private final UUID owner;
        private final ServerSpec spec;
        private final Life life;
        private final Instant createdAt;
        private final long version;

        private Row(ResultSet row) throws SQLException {
            uuid = ServerId.parse(row.getString("uuid"));
            number = row.getInt("number");
            node = new NodeId(row.getInt("node_id"));
            owner = UUID.fromString(row.getString("owner"));
            spec = ServerSpec.builder()
                    .name(row.getString("name"))
                    .description(row.getString("description"))
                    .eggId(row.getLong("egg_id"))
                    .image(row.getString("image"))
                    .startup(row.getString("startup"))
                    .variables(Rows.texts(row.getString("variables")))
                    .build(WireJson.read(row.getString("build"), Build.class))
                    .startOnCompletion(row.getBoolean("start_on_completion"))
                    .build();
            life = new Life(
                    ServerStatus.valueOf(row.getString("status")),
                    Optional.ofNullable(row.getString("reason")),
                    row.getBoolean("suspended"),
                    ServerState.parse(row.getString("state")),
                    Instant.ofEpochMilli(row.getLong("state_at")),
                    Rows.instant(row, "installed_at"));
            createdAt = Instant.ofEpochMilli(row.getLong("created_at"));
            version = row.getLong("version");
        }

        private PanelServer server(List<AllocationRecord> allocations) {
            return PanelServer.builder()
                    .id(uuid)
                    .number(number)
                    .node(node)
                    .owner(owner)
                    .spec(spec)
                    .allocations(allocations)
                    .life(life)
                    .createdAt(createdAt)
                    .version(version)
                    .build();
        }
    }
}
