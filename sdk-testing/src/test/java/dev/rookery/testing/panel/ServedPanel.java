package dev.rookery.testing.panel;

import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.panel.SftpLogin;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.panel.PanelEndpoint;
import dev.rookery.wings.HttpPanel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;

/** A panel of the contract over real HTTP: what each node sees is what its credentials open. */
final class ServedPanel implements ContractPanel, AutoCloseable {

    private final ContractPanel behind;
    private final PanelServer server;
    private final Panel first;
    private final Panel second;

    ServedPanel(ContractPanel behind, PanelEndpoint endpoint, NodeCredentials first, NodeCredentials second) {
        this.behind = behind;
        try {
            this.server = PanelServer.start(endpoint, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.first = client(first);
        this.second = client(second);
    }

    @Override
    public Panel panel() {
        return first;
    }

    @Override
    public Panel other() {
        return second;
    }

    @Override
    public Set<ServerId> servers() {
        return behind.servers();
    }

    @Override
    public ServerId installing() {
        return behind.installing();
    }

    @Override
    public Object known() {
        return behind.known();
    }

    @Override
    public Optional<BackupId> backup() {
        return behind.backup();
    }

    @Override
    public Optional<ServerId> moving() {
        return behind.moving();
    }

    @Override
    public Optional<SftpLogin> login() {
        return behind.login();
    }

    @Override
    public boolean keepsActivity() {
        return behind.keepsActivity();
    }

    @Override
    public void close() {
        server.close();
    }

    private Panel client(NodeCredentials credentials) {
        return HttpPanel.builder(server.url(), credentials).build();
    }
}
