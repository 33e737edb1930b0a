package dev.rookery.testing.panel;

import dev.rookery.api.token.NodeCredentials;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A {@link FakePanel} over real HTTP for each test, for code that asks a panel.
 *
 * <pre>{@code
 * @RegisterExtension
 * final PanelExtension panel = new PanelExtension();
 *
 * @Test
 * void reports() {
 *     Panel client = HttpPanel.builder(panel.url(), panel.credentials()).build();
 *     ...
 *     assertThat(panel.fake().installs(id)).hasSize(1);
 * }
 * }</pre>
 */
public final class PanelExtension implements BeforeEachCallback, AfterEachCallback {

    private final NodeCredentials credentials = NodeCredentials.random(new SecureRandom());
    private FakePanel fake = new FakePanel();
    private @Nullable PanelServer server;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        fake = new FakePanel();
        server = PanelServer.start(fake, credentials, 0);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (server != null) {
            server.close();
        }
    }

    /** Returns the panel behind the HTTP. */
    public FakePanel fake() {
        return fake;
    }

    /** Returns what panel and node know each other by. */
    public NodeCredentials credentials() {
        return credentials;
    }

    /** Returns where the panel is. */
    public URI url() {
        if (server == null) {
            throw new IllegalStateException("the panel is there during a test only");
        }
        return server.url();
    }
}
