package dev.rookery.testing.node;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.daemon.ApiOptions;
import dev.rookery.daemon.NodeEndpoint;
import dev.rookery.testing.panel.FakePanel;
import dev.rookery.wings.HttpNode;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A {@link FakeNode} over real HTTP for each test, for code that asks nodes.
 *
 * <pre>{@code
 * @RegisterExtension
 * final NodeExtension node = new NodeExtension();
 *
 * @Test
 * void starts() {
 *     node.panel().put(configuration, script);
 *     node.client().createServer(new CreateServer(id, true));
 *     ...
 * }
 * }</pre>
 */
public final class NodeExtension implements BeforeEachCallback, AfterEachCallback {

    /** What the node takes for its panel's URL: pages from there may open consoles. */
    public static final String PANEL_URL = "https://panel.example.com";

    private final NodeCredentials credentials = NodeCredentials.random(new SecureRandom());
    private final Dialect dialect;
    private final FakeProgram program;
    private @Nullable Running running;

    private record Running(FakePanel panel, FakeNode node, NodeEndpoint endpoint, HttpNode client) {}

    /** Creates a node that speaks like Pelican's daemon and whose servers run the program of the contract. */
    public NodeExtension() {
        this(Dialect.PELICAN, FakeProgram.contract());
    }

    /**
     * Creates a node.
     *
     * @param dialect which daemon it speaks like, Pelican's or Pterodactyl's
     * @param program what all of its servers run
     */
    public NodeExtension(Dialect dialect, FakeProgram program) {
        this.dialect = requireNonNull(dialect, "dialect");
        this.program = requireNonNull(program, "program");
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        var panel = new FakePanel();
        var node = FakeNode.create(panel, program);
        node.dialect(dialect);
        var endpoint = NodeEndpoint.builder(node, credentials)
                .api(ApiOptions.builder()
                        .host("127.0.0.1")
                        .port(0)
                        .dialect(dialect)
                        .build())
                .panelUrl(PANEL_URL)
                .build();
        endpoint.start();
        var client = HttpNode.builder(endpoint.url(), credentials)
                .panelUrl(PANEL_URL)
                .build();
        running = new Running(panel, node, endpoint, client);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (running != null) {
            running.endpoint().close();
            running.node().close();
            running = null;
        }
    }

    /** Returns the node behind the HTTP, to be scripted and looked at. */
    public FakeNode fake() {
        return present().node();
    }

    /** Returns the panel that the node takes its servers from. */
    public FakePanel panel() {
        return present().panel();
    }

    /** Returns the node as a panel reaches it. */
    public HttpNode client() {
        return present().client();
    }

    /** Returns what panel and node know each other by. */
    public NodeCredentials credentials() {
        return credentials;
    }

    /** Returns where the node is, without a path. */
    public URI url() {
        return present().endpoint().url();
    }

    private Running present() {
        if (running == null) {
            throw new IllegalStateException("the node is there during a test only");
        }
        return running;
    }
}
