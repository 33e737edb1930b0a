package dev.rookery.wings;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.CallOptions;
import dev.rookery.api.Incubating;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.backup.BackupReport;
import dev.rookery.api.backup.BackupUpload;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.panel.ActivityEntry;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.ServerPage;
import dev.rookery.api.panel.SftpAuthority;
import dev.rookery.api.panel.SftpLogin;
import dev.rookery.api.panel.StateChange;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.wings.calagopus.CalagopusPanel;
import dev.rookery.wings.internal.PanelConnection;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A panel reached over HTTP: any panel that offers {@code /api/remote}. Immutable and thread-safe; holds no resources of its own beyond
 * those of the HTTP client it was given.
 *
 * <pre>{@code
 * Panel panel = HttpPanel.builder(URI.create("https://panel.example"), credentials).build();
 * ServerConfiguration configuration = panel.configuration(id);
 * }</pre>
 *
 * <p>Two policies. <b>Questions</b> fail fast: somebody waits, and the caller may have an older answer. <b>Reports</b> are sent again after
 * network failures, 5xx and 429 with growing, jittered pauses, or when the panel says ({@code Retry-After}), since panels have to take a
 * report twice; a panel that says "already" to a repeated one is content. Who keeps reports until they arrive turns that off, see {@link
 * HttpPanelBuilder#retryBudget}. Any other 4xx is final. Statuses become the same exceptions as in {@link HttpNode}.
 *
 * <p>Reports that panels of the {@linkplain HttpPanelBuilder#dialect dialect} do not take are dropped without asking, as the port says.
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
        requireNonNull(credentials, "credentials");
        return new HttpPanelBuilder(panelUrl, () -> credentials);
    }

    /**
     * Returns a builder of a panel whose calls carry what the supplier gives at that moment, such as {@link
     * dev.rookery.api.token.RotatingCredentials}.
     *
     * @param panelUrl the panel's URL, without {@code /api/remote}
     * @param credentials what panel and node know each other by now; called by the threads of the calls
     */
    @Incubating
    public static HttpPanelBuilder builder(URI panelUrl, Supplier<NodeCredentials> credentials) {
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

    @Override
    public void reportTransfer(ServerId server, boolean successful) {
        connection.reportTransfer(requireNonNull(server, "server"), successful);
    }

    @Override
    public BackupUpload backupUpload(BackupId backup, long sizeBytes) {
        return connection.backupUpload(requireNonNull(backup, "backup"), sizeBytes);
    }

    @Override
    public void reportBackup(BackupId backup, BackupReport report) {
        connection.reportBackup(requireNonNull(backup, "backup"), requireNonNull(report, "report"));
    }

    @Override
    public void reportRestore(BackupId backup, boolean successful) {
        connection.reportRestore(requireNonNull(backup, "backup"), successful);
    }

    @Override
    public SftpAuthority authorizeSftp(SftpLogin login) {
        return connection.authorizeSftp(requireNonNull(login, "login"));
    }

    /**
     * Takes what happened on the node, oldest first, in batches of at most 100. An entry that the panel refuses is left out, so that it does
     * not hold up the others.
     *
     * @throws dev.rookery.api.InvalidInputException if the panel takes none of them
     */
    @Override
    public void reportActivity(List<ActivityEntry> entries) {
        connection.reportActivity(List.copyOf(entries));
    }

    /** Returns what the panel is taken to speak. Asks nothing. */
    public Dialect dialect() {
        return connection.dialect();
    }

    /**
     * Asks the panel for one server and returns what its answer shows of its dialect; empty if that cannot be told. A panel of Pelican or
     * Pterodactyl without servers cannot be told, nor one of ours, which speaks to all.
     */
    public Optional<Dialect> detectDialect() {
        return connection.detect();
    }

    /**
     * Returns the calls that only Calagopus' panel has. Asks nothing.
     *
     * @throws dev.rookery.api.NotOfferedException if the panel is taken to speak something else
     */
    public CalagopusPanel calagopus() {
        return connection.calagopus();
    }
}
