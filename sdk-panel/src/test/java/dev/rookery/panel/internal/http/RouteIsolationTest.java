package dev.rookery.panel.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.Json;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.backup.BackupAdapter;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.panel.Allocation;
import dev.rookery.api.permission.Permissions;
import dev.rookery.panel.InMemoryPanelStore;
import dev.rookery.panel.PanelRequest;
import dev.rookery.panel.PanelResponse;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.ReadEggInterpreter;
import dev.rookery.panel.spi.AllocationRecord;
import dev.rookery.panel.spi.BackupRecord;
import dev.rookery.panel.spi.NewEgg;
import dev.rookery.panel.spi.NewNode;
import dev.rookery.panel.spi.NewOperation;
import dev.rookery.panel.spi.NewServer;
import dev.rookery.panel.spi.NodeRecord;
import dev.rookery.panel.spi.OperationKind;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.panel.spi.ServerChange;
import dev.rookery.panel.spi.ServerQuery;
import dev.rookery.panel.spi.ServerSpec;
import dev.rookery.panel.spi.ServerStatus;
import dev.rookery.panel.spi.SftpKey;
import dev.rookery.panel.spi.SftpUsers;
import dev.rookery.panel.spi.TransferRecord;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * No route of the remote API shows or changes anything of another node's server, whatever the server is at (CVE-2026-26016, Pelican's
 * GHSA-v97c and its incomplete fix). The table is held against the routes there are: a new one without a line here fails.
 */
class RouteIsolationTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String SECRET = "a secret of the server's environment";
    private static final String REPORT =
            "{\"successful\": true, \"checksum\": \"ab\", \"checksum_type\": \"sha1\", \"size\": 5, \"parts\": []}";
    private static final String EGG = """
            {"meta": {"version": "PTDL_v2"}, "name": "Echo", "author": "me@example.org", "description": "",
             "docker_images": {"Echo": "rookery/echo:1"}, "startup": "echo",
             "config": {"files": "{}", "startup": "{\\"done\\": \\"ready\\"}", "logs": "{}", "stop": "stop"},
             "scripts": {"installation": {"script": "echo", "container": "rookery/echo:1", "entrypoint": "sh"}},
             "variables": [{"name": "S", "description": "", "env_variable": "SECRET", "default_value": "",
                            "user_viewable": true, "user_editable": true, "rules": "string"}]}
            """;

    private final PanelStore store = new InMemoryPanelStore();
    private final PanelService service = PanelService.builder(
                    store,
                    node -> {
                        throw new UnavailableException("no node is asked");
                    },
                    new ReadEggInterpreter())
            .sftpUsers(new Everybody())
            .build();
    private final RemoteRoutes routes = new RemoteRoutes(new StoredNodes(store.nodes(), service::forNode));
    private final NodeRecord owner = node("owner");
    private final NodeRecord stranger = node("stranger");
    private final NodeRecord third = node("third");
    private final long egg = store.eggs()
            .add(new NewEgg("e1", "Echo", "me@example.org", "", "PTDL_v2", EGG, NOW))
            .id();

    /** What a stranger sends to each route, and what it is answered; the ids are those of another node's server and backup. */
    private enum Attempt {
        LIST("GET", "servers", "", 200),
        RESET("POST", "servers/reset", "null", 204),
        CONFIGURATION("GET", "servers/{server}", "", 404),
        INSTALL_SCRIPT("GET", "servers/{server}/install", "", 404),
        INSTALL_REPORT("POST", "servers/{server}/install", "{\"successful\": true, \"reinstall\": true}", 404),
        STATE_REPORT(
                "POST",
                "servers/{server}/container/status",
                "{\"data\": {\"previous_state\": \"offline\", \"new_state\": \"running\"}}",
                404),
        ARRIVAL("POST", "servers/{server}/transfer/success", "null", 404),
        FAILURE("POST", "servers/{server}/transfer/failure", "null", 404),
        ARRIVAL_OLD("GET", "servers/{server}/transfer/success", "", 404),
        FAILURE_OLD("GET", "servers/{server}/transfer/failure", "", 404),
        UPLOAD("GET", "backups/{backup}", "", 404),
        BACKUP_REPORT("POST", "backups/{backup}", REPORT, 404),
        BACKUP_FAILURE("POST", "backups/{backup}", "{\"successful\": false}", 404),
        RESTORE_REPORT("POST", "backups/{backup}/restore", "{\"successful\": true}", 404),
        SFTP("POST", "sftp/auth", "{\"username\": \"{user}.{short}\", \"password\": \"right\"}", 403),
        ACTIVITY(
                "POST",
                "activity",
                "{\"data\": [{\"server\": \"{server}\", \"event\": \"server:power.kill\","
                        + " \"timestamp\": \"2026-08-01T12:00:00Z\"}]}",
                204);

        private final String method;
        private final String path;
        private final String body;
        private final int status;

        Attempt(String method, String path, String body, int status) {
            this.method = method;
            this.path = path;
            this.body = body;
            this.status = status;
        }
    }

    @Test
    void everyRouteHasALineInTheTable() {
        var untried = routes.offered().stream()
                .filter(offered -> Stream.of(Attempt.values())
                        .noneMatch(attempt -> offered.matches(
                                attempt.method, filled(attempt.path, ServerId.random(), BackupId.random()))))
                .toList();

        assertThat(untried).as("routes that nobody tries as a stranger").isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> aStrangerSeesAndChangesNothing() {
        return Stream.of(ServerStatus.values())
                .flatMap(status -> Stream.of(Attempt.values())
                        .map(attempt -> DynamicTest.dynamicTest(
                                attempt + " while " + status, () -> assertNothing(attempt, status))));
    }

    private void assertNothing(Attempt attempt, ServerStatus status) {
        var server = server(status);
        var backup = BackupRecord.builder()
                .id(BackupId.random())
                .server(server.id())
                .adapter(BackupAdapter.S3)
                .createdAt(NOW)
                .build();
        var changes = new ArrayList<ServerChange>();
        changes.add(new ServerChange.Status(status, Optional.empty()));
        changes.add(new ServerChange.KeepBackup(backup));
        if (status == ServerStatus.TRANSFERRING) {
            changes.add(new ServerChange.KeepTransfer(transfer(server)));
        }
        store.servers().change(server, changes);
        var before = known(server.id());

        var answer = send(stranger, attempt, server.id(), backup.id());

        assertThat(answer.status()).isEqualTo(attempt.status);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .doesNotContain(SECRET)
                .doesNotContain(
                        attempt.path.contains("{server}")
                                ? "nothing"
                                : server.id().toString());
        assertThat(known(server.id())).as("nothing was changed").isEqualTo(before);
        var other = send(stranger, attempt, ServerId.random(), BackupId.random());
        assertThat(withoutIds(other))
                .as("what is another's looks like what is not")
                .isEqualTo(withoutIds(answer));
    }

    @Test
    void theDestinationOfAMoveSeesTheServerAndTheOthersDoNot() {
        var server = server(ServerStatus.READY);
        var moving = transfer(server);
        store.servers()
                .change(
                        server,
                        List.of(
                                new ServerChange.Status(ServerStatus.TRANSFERRING, Optional.empty()),
                                new ServerChange.KeepTransfer(moving),
                                new ServerChange.Reserve(third.id(), moving.allocations())));

        var there = send(third, Attempt.CONFIGURATION, server.id(), BackupId.random());
        assertThat(there.status()).isEqualTo(200);
        assertThat(port(there)).isEqualTo(30_000);
        assertThat(port(send(owner, Attempt.CONFIGURATION, server.id(), BackupId.random())))
                .isEqualTo(25_565);
        assertThat(send(stranger, Attempt.CONFIGURATION, server.id(), BackupId.random())
                        .status())
                .isEqualTo(404);
        assertThat(send(owner, Attempt.ARRIVAL, server.id(), BackupId.random()).status())
                .as("only the destination knows")
                .isEqualTo(403);
    }

    private PanelResponse send(NodeRecord node, Attempt attempt, ServerId server, BackupId backup) {
        var body = filled(attempt.body, server, backup).getBytes(StandardCharsets.UTF_8);
        var path = filled(attempt.path, server, backup);
        var request = new PanelRequest(
                attempt.method,
                "/api/remote/" + path,
                Map.of("size", "5"),
                Map.of("Authorization", node.credentials().nodeToPanel()),
                new ByteArrayInputStream(body));
        try {
            return routes.handle(request, path);
        } catch (RuntimeException e) {
            return Failures.answer(e, request);
        }
    }

    private static String filled(String text, ServerId server, BackupId backup) {
        return text.replace("{server}", server.toString())
                .replace("{backup}", backup.toString())
                .replace("{user}", UUID.randomUUID().toString()) // failures are counted
                .replace("{short}", server.toString().substring(0, 8));
    }

    private static String withoutIds(PanelResponse answer) {
        return answer.status() + " "
                + new String(answer.body(), StandardCharsets.UTF_8).replaceAll("[0-9a-f-]{36}", "ID");
    }

    private static int port(PanelResponse answer) {
        var settings = (Json.Obj)
                ((Json.Obj) WireJson.read(answer.body(), Json.class)).members().get("settings");
        var allocations = (Json.Obj) settings.members().get("allocations");
        var primary = (Json.Obj) allocations.members().get("default");
        return ((Json.Num) primary.members().get("port")).value().intValueExact();
    }

    private Object known(ServerId server) {
        return List.of(
                store.servers().list(ServerQuery.all()),
                store.backups().list(server),
                store.transfers().latest(server),
                store.operations().list(server),
                store.activity().list(server, Long.MAX_VALUE, 10));
    }

    private PanelServer server(ServerStatus status) {
        var id = ServerId.random();
        var spec = ServerSpec.builder()
                .name(id.toString())
                .eggId(egg)
                .image("rookery/echo:1")
                .variables(Map.of("SECRET", SECRET))
                .build();
        var primary = store.nodes().addAllocations(owner.id(), List.of(new Allocation("192.0.2.1", 25_565))).stream()
                .map(AllocationRecord::id)
                .toList();
        return store.servers()
                .add(
                        new NewServer(id, owner.id(), UUID.randomUUID(), spec, primary, NOW),
                        new NewOperation(UUID.randomUUID(), OperationKind.CREATE, id, "c" + status, NOW));
    }

    private TransferRecord transfer(PanelServer server) {
        var there = store.nodes().addAllocations(third.id(), List.of(new Allocation("192.0.2.3", 30_000))).stream()
                .map(AllocationRecord::id)
                .toList();
        return TransferRecord.builder()
                .id(UUID.randomUUID())
                .server(server.id())
                .source(owner.id())
                .destination(third.id())
                .allocations(there)
                .createdAt(NOW)
                .build();
    }

    private NodeRecord node(String name) {
        return store.nodes().add(NewNode.of(name, URI.create("http://127.0.0.1:8080"), NOW));
    }

    /** Users who may do everything, so that only the node decides. */
    private static final class Everybody implements SftpUsers {

        @Override
        public Optional<UUID> byPassword(String username, String password) {
            return Optional.of(new UUID(0, 1));
        }

        @Override
        public Optional<UUID> byKey(String username, SftpKey key) {
            return Optional.of(new UUID(0, 1));
        }

        @Override
        public Permissions permissions(UUID user, PanelServer server) {
            return Permissions.administrator();
        }
    }
}
