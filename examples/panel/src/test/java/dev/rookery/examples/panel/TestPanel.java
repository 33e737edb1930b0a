package dev.rookery.examples.panel;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.node.Node;
import dev.rookery.examples.panel.http.HttpServer;
import dev.rookery.examples.panel.sql.Database;
import dev.rookery.panel.spi.ServerQuery;
import dev.rookery.testing.Eventually;
import dev.rookery.testing.node.FakeNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** A panel on a real socket and a real database, with one node that is a fake in the same process. */
public final class TestPanel implements AutoCloseable {

    /** Everybody's password. */
    public static final String PASSWORD = "correct horse battery";

    private static final Duration SOON = Duration.ofSeconds(15);

    private final Map<NodeId, FakeNode> nodes = new ConcurrentHashMap<>();
    private final PanelApplication application;
    private final HttpServer server;
    private final URI url;
    private final PanelClient admin;

    private TestPanel(Database database, PanelSettings settings, UnaryOperator<Node> node) {
        application = new PanelApplication(
                database, URI.create("http://127.0.0.1:1"), settings, record -> node.apply(fake(record.id())));
        if (application.accountStore().byUsername("admin").isEmpty()) {
            application.accounts().create("admin", PASSWORD, true);
        }
        server = application.serve(new InetSocketAddress("127.0.0.1", 0));
        url = URI.create("http://127.0.0.1:" + server.port());
        admin = client("admin");
    }

    /** Starts a panel. */
    public static TestPanel start(Path folder) {
        return start(Database.open(folder), node -> node);
    }

    /**
     * Starts a panel.
     *
     * @param database where it keeps everything
     * @param node what stands between panel and node
     */
    public static TestPanel start(Database database, UnaryOperator<Node> node) {
        return start(database, PanelSettings.defaults(), node);
    }

    /**
     * Starts a panel.
     *
     * @param database where it keeps everything
     * @param settings what was chosen
     * @param node what stands between panel and node
     */
    public static TestPanel start(Database database, PanelSettings settings, UnaryOperator<Node> node) {
        return new TestPanel(database, settings, node);
    }

    /** Returns the program. */
    public PanelApplication application() {
        return application;
    }

    /** Returns the running server. */
    public HttpServer server() {
        return server;
    }

    /** Returns where it listens. */
    public URI url() {
        return url;
    }

    /** Returns the administrator. */
    public PanelClient admin() {
        return admin;
    }

    /** Returns a browser of somebody. */
    public PanelClient client(String username) {
        return new PanelClient(url).logIn(username, PASSWORD);
    }

    /** Adds somebody and returns who it is. */
    public String user(String username) {
        return application.accounts().create(username, PASSWORD, false).uuid().toString();
    }

    /** Returns the node. */
    public FakeNode node() {
        return fake(new NodeId(1));
    }

    /** Adds another node and returns it. */
    public FakeNode secondNode() {
        admin.post("/api/admin/nodes", "{\"name\":\"Second\",\"url\":\"http://127.0.0.1:2/\"}")
                .ok();
        return fake(new NodeId(2));
    }

    /** Adds the node, its addresses and an egg. */
    public void prepare(String egg) {
        admin.post("/api/admin/nodes", "{\"name\":\"Node\",\"url\":\"http://127.0.0.1:1/\"}")
                .ok();
        admin.post("/api/admin/nodes/1/allocations", "{\"ip\":\"127.0.0.1\",\"ports\":\"30000-30009\"}")
                .ok();
        admin.post("/api/admin/eggs", egg).ok();
    }

    /** Creates a server for somebody and waits until it is installed. */
    public String serverOf(String owner) {
        if (application.service().store().nodes().list().isEmpty()) {
            prepare(bundledEgg());
        }
        long number =
                application.service().store().servers().list(ServerQuery.all()).total() + 1;
        var body = admin.newServer("server " + number, 1, 1, number, "rookery/test:1")
                .put("owner", owner);
        var uuid = admin.post("/api/admin/servers", body.toString())
                .ok()
                .path("uuid")
                .asText();
        Eventually.holds(
                () -> "the server is installed: " + admin.status(uuid),
                SOON,
                () -> admin.status(uuid).equals("ready"));
        return uuid;
    }

    /** Gives somebody access to a server. */
    public void share(String server, String username, List<String> permissions) {
        var body = PanelClient.JSON.createObjectNode().put("username", username);
        permissions.forEach(body.putArray("permissions")::add);
        admin.post("/api/servers/" + server + "/users", body.toString()).ok();
    }

    /** Returns the id of a server. */
    public static ServerId id(String server) {
        return ServerId.parse(server);
    }

    /** Returns the text of the small egg that comes with the panel. */
    public static String bundledEgg() {
        try (InputStream egg = TestPanel.class.getResourceAsStream("/eggs/echo.json")) {
            if (egg == null) {
                throw new AssertionError("the bundled egg is missing");
            }
            return new String(egg.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        server.close();
        application.close();
        nodes.values().forEach(FakeNode::close);
    }

    private FakeNode fake(NodeId id) {
        return nodes.computeIfAbsent(
                id, missing -> FakeNode.create(application.service().forNode(missing)));
    }
}
