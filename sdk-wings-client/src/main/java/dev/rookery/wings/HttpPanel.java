package dev.rookery.wings;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.CallOptions;
import dev.rookery.api.ServerId;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.ServerPage;
import dev.rookery.api.panel.StateChange;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.wings.internal.PanelConnection;
import java.net.URI;

/**
 * A panel reached over HTTP: any panel that offers {@code /api/remote}. Immutable and thread-safe; holds no resources of its own beyond
 * those of the HTTP client it was given.
 *
 * <pre>{@code
 * Panel panel = HttpPanel.builder(URI.create("https://panel.example"), credentials).build();
 * ServerConfiguration configuration = panel.configuration(id);
 * }</pre>
 *
 * <p>Network failures and 5xx are tried again with growing, jittered pauses, reports included, since panels have to take a report twice;
 * 4xx is final. Who keeps reports until they arrive turns that off, see {@link HttpPanelBuilder#retryBudget}. Statuses become the same
 * exceptions as in {@link HttpNode}.
 */
public final class HttpPanel implements Panel {

    private final PanelConnection connection;

    HttpPanel(PanelConnection connection) {
        this.connection = connection;
    }

    /**
     * Returns a builder.
     *
     * @param panelUrl the panel's URL, without {@code /api/remote}
     * @param credentials what panel and node know each other by
     */
    public static HttpPanelBuilder builder(URI panelUrl, NodeCredentials credentials) {
        return new HttpPanelBuilder(panelUrl, credentials);
    }

    @Override
    public Panel with(CallOptions options) {
        return new HttpPanel(connection.with(requireNonNull(options, "options")));
    }

    @Override
    public ServerPage servers(int page, int perPage) {
        return connection.servers(page, perPage);
    }

    @Override
    public ServerConfiguration configuration(ServerId server) {
        return connection.configuration(requireNonNull(server, "server"));
    }

    @Override
    public InstallScript installScript(ServerId server) {
        return connection.installScript(requireNonNull(server, "server"));
    }

    @Override
    public void reportInstall(ServerId server, InstallReport report) {
        connection.reportInstall(requireNonNull(server, "server"), requireNonNull(report, "report"));
    }

    @Override
    public void reportState(ServerId server, StateChange change) {
        connection.reportState(requireNonNull(server, "server"), requireNonNull(change, "change"));
    }

    @Override
    public void reset() {
        connection.reset();
    }
}
