package dev.rookery.testing.panel;

import dev.rookery.api.ServerId;
import dev.rookery.api.panel.Build;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.panel.SftpLogin;
import dev.rookery.api.permission.Permissions;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.panel.Enrolment;
import dev.rookery.panel.InMemoryPanelStore;
import dev.rookery.panel.PanelEndpoint;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.ReadEggInterpreter;
import dev.rookery.panel.spi.NewEgg;
import dev.rookery.panel.spi.NewNode;
import dev.rookery.panel.spi.NodeRecord;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.panel.spi.ServerQuery;
import dev.rookery.panel.spi.ServerSpec;
import dev.rookery.panel.spi.ServerStatus;
import dev.rookery.panel.spi.SftpKey;
import dev.rookery.panel.spi.SftpUsers;
import dev.rookery.panel.spi.StatusChange;
import dev.rookery.testing.node.FakeNode;
import java.net.URI;
import java.security.SecureRandom;
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

/** The panel library over memory, with two nodes of three servers each. Nothing runs: its nodes are never asked. */
final class ServicePanel implements ContractPanel, AutoCloseable {

    private static final String EGG = """
            {"meta": {"version": "PTDL_v2"}, "name": "Echo", "author": "me@example.org", "description": "",
             "docker_images": {"Echo": "rookery/echo:1"}, "startup": "echo {{GREETING}}",
             "config": {"files": "{}", "startup": "{\\"done\\": \\"ready\\"}", "logs": "{}", "stop": "stop"},
             "scripts": {"installation": {"script": "#!/bin/sh\\necho installed", "container": "rookery/echo:1", "entrypoint": "sh"}},
             "variables": []}
            """;

    private final PanelStore store = new InMemoryPanelStore();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final FakeNode nobody = FakeNode.create(new FakePanel());
    private final PanelService service = PanelService.builder(store, node -> nobody, new ReadEggInterpreter())
            .sftpUsers(new Sam())
            .build();
    private final NodeRecord first = node("one");
    private final NodeRecord second = node("two");
    private final Set<ServerId> servers = new TreeSet<>();

    ServicePanel() {
        long egg = store.eggs()
                .add(new NewEgg("e1", "Echo", "me@example.org", "", "PTDL_v2", EGG, now))
                .id();
        for (int i = 0; i < 3; i++) {
            servers.add(server(first, egg));
            server(second, egg);
        }
        store.servers()
                .changeStatus(
                        first.id(), ready(), StatusChange.of(EnumSet.of(ServerStatus.INSTALLING), ServerStatus.READY));
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

    @Override
    public Object known() {
        return store.servers().list(ServerQuery.all());
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
        return store.nodes()
                .add(new NewNode(
                        UUID.randomUUID(),
                        name,
                        URI.create("http://127.0.0.1:8080"),
                        NodeCredentials.random(new SecureRandom()),
                        now));
    }

    private ServerId server(NodeRecord node, long egg) {
        var spec = ServerSpec.builder()
                .name(UUID.randomUUID().toString())
                .eggId(egg)
                .image("rookery/echo:1")
                .variables(Map.of())
                .build(Build.builder().memoryMebibytes(256).build())
                .build();
        var id = service.create(node.id(), UUID.randomUUID(), spec, List.of()).id();
        store.servers()
                .changeStatus(
                        node.id(), id, StatusChange.of(EnumSet.of(ServerStatus.CREATING), ServerStatus.INSTALLING));
        return id;
    }
}
