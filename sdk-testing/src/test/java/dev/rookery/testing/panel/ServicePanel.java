package dev.rookery.testing.panel;

import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupAdapter;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.panel.SftpLogin;
import dev.rookery.api.permission.Permissions;
import dev.rookery.panel.Enrolment;
import dev.rookery.panel.InMemoryPanelStore;
import dev.rookery.panel.PanelEndpoint;
import dev.rookery.panel.PanelOptions;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.ReadEggInterpreter;
import dev.rookery.panel.spi.BackupRecord;
import dev.rookery.panel.spi.NewOperation;
import dev.rookery.panel.spi.NodeRecord;
import dev.rookery.panel.spi.OperationKind;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.panel.spi.ServerChange;
import dev.rookery.panel.spi.ServerQuery;
import dev.rookery.panel.spi.ServerStatus;
import dev.rookery.panel.spi.SftpKey;
import dev.rookery.panel.spi.SftpUsers;
import dev.rookery.panel.spi.StatusChange;
import dev.rookery.panel.spi.TransferRecord;
import dev.rookery.testing.node.FakeNode;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** The panel library over memory, with two nodes of three servers each, and a third one that a server comes from. Nothing runs: its nodes are never asked. */
final class ServicePanel implements ContractPanel, AutoCloseable {

    private final PanelStore store = new InMemoryPanelStore();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final FakeNode nobody = FakeNode.create(new FakePanel());
    private final PanelService service = PanelService.builder(store, node -> nobody, new ReadEggInterpreter())
            .sftpUsers(new Sam())
            .objectStore(new FakeObjectStore())
            .options(PanelOptions.builder().backupPartBytes(100).build())
            .build();
    private final NodeRecord first = node("one");
    private final NodeRecord second = node("two");
    private final NodeRecord third = node("three");
    private final Set<ServerId> servers = new TreeSet<>();
    private final BackupId backup = BackupId.random();
    private final ServerId moving;

    ServicePanel() {
        long egg = StoreFixture.egg(store, now);
        for (int i = 0; i < 3; i++) {
            servers.add(server(first, egg));
            server(second, egg);
        }
        moving = server(third, egg);
        beginMove(moving);
        beginBackup(servers.stream().skip(1).findFirst().orElseThrow());
        store.servers()
                .changeStatus(
                        first.id(), ready(), StatusChange.of(EnumSet.of(ServerStatus.INSTALLING), ServerStatus.READY));
    }

    private void beginBackup(ServerId server) {
        var record = BackupRecord.builder()
                .id(backup)
                .server(server)
                .adapter(BackupAdapter.S3)
                .createdAt(now)
                .build();
        var restore = new NewOperation(
                UUID.randomUUID(),
                OperationKind.RESTORE,
                server,
                "c",
                now,
                Map.of(NewOperation.BACKUP, backup.toString()));
        change(
                server,
                new ServerChange.KeepBackup(record),
                new ServerChange.Begin(restore),
                new ServerChange.Status(ServerStatus.RESTORING, Optional.empty()));
    }

    private void beginMove(ServerId server) {
        var transfer = TransferRecord.builder()
                .id(UUID.randomUUID())
                .server(server)
                .source(third.id())
                .destination(first.id())
                .allocations(List.of())
                .createdAt(now)
                .build();
        change(
                server,
                new ServerChange.KeepTransfer(transfer),
                new ServerChange.Status(ServerStatus.TRANSFERRING, Optional.empty()));
    }

    private void change(ServerId server, ServerChange... changes) {
        store.servers().change(store.servers().find(server).orElseThrow(), List.of(changes));
    }

    /** Returns the same panel over HTTP. */
    ServedPanel served() {
        var enrolment = new Enrolment(store.nodes(), URI.create("https://panel.example"), Clock.systemUTC());
        return new ServedPanel(this, new PanelEndpoint(service, enrolment), first.credentials(), second.credentials());
    }

    @Override
    public Panel panel() {
        return service.forNode(first.id());
    }

    @Override
    public Panel other() {
        return service.forNode(second.id());
    }

    @Override
    public Set<ServerId> servers() {
        return servers;
    }

    @Override
    public ServerId installing() {
        return servers.iterator().next();
    }

    @Override
    public Optional<SftpLogin> login() {
        return Optional.of(SftpLogin.builder("sam.smith." + ready().toString().substring(0, 8), "correct horse")
                .build());
    }

    /** A backup that is being made of a server, which at the same time is restored from it. */
    @Override
    public Optional<BackupId> backup() {
        return Optional.of(backup);
    }

    @Override
    public Optional<ServerId> moving() {
        return Optional.of(moving);
    }

    @Override
    public boolean keepsActivity() {
        return true;
    }

    @Override
    public Object known() {
        var all = store.servers().list(ServerQuery.all());
        return List.of(
                all,
                all.servers().stream().map(s -> store.backups().list(s.id())).toList(),
                all.servers().stream()
                        .map(s -> store.transfers().latest(s.id()))
                        .toList(),
                all.servers().stream()
                        .map(s -> store.activity().list(s.id(), Long.MAX_VALUE, 2000))
                        .toList());
    }

    @Override
    public void close() {
        service.close();
        nobody.close();
    }

    /** The only user there is. */
    private static final class Sam implements SftpUsers {

        @Override
        public Optional<UUID> byPassword(String username, String password) {
            return username.equals("sam.smith") && password.equals("correct horse")
                    ? Optional.of(new UUID(0, 1))
                    : Optional.empty();
        }

        @Override
        public Optional<UUID> byKey(String username, SftpKey key) {
            return Optional.empty();
        }

        @Override
        public Permissions permissions(UUID user, PanelServer server) {
            return Permissions.owner();
        }
    }

    private ServerId ready() {
        return servers.stream().skip(2).findFirst().orElseThrow();
    }

    private NodeRecord node(String name) {
        return StoreFixture.node(store, name, now);
    }

    private ServerId server(NodeRecord node, long egg) {
        var spec = StoreFixture.spec(egg, ServerId.random());
        var id = service.create(node.id(), UUID.randomUUID(), spec, List.of()).id();
        store.servers()
                .changeStatus(
                        node.id(), id, StatusChange.of(EnumSet.of(ServerStatus.CREATING), ServerStatus.INSTALLING));
        return id;
    }
}
