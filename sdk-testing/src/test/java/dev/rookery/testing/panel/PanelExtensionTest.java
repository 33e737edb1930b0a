package dev.rookery.testing.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.DeniedException;
import dev.rookery.api.ServerId;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.testing.node.ContractServer;
import dev.rookery.wings.HttpPanel;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PanelExtensionTest {

    @RegisterExtension
    final PanelExtension panel = new PanelExtension();

    private final ServerId id = ServerId.random();

    @Test
    void servesTheFakeOverHttp() {
        panel.fake().put(ContractServer.configuration(id, false), ContractServer.install());
        var client = HttpPanel.builder(panel.url(), panel.credentials()).build();

        client.reportInstall(id, new InstallReport(true, false));

        assertThat(client.servers(1, 50).total()).isEqualTo(1);
        assertThat(panel.fake().installs(id)).containsExactly(new InstallReport(true, false));
    }

    @Test
    void letsNobodyElseIn() {
        var stranger = HttpPanel.builder(panel.url(), NodeCredentials.random(new SecureRandom()))
                .build();

        assertThatThrownBy(() -> stranger.servers(1, 50)).isInstanceOf(DeniedException.class);
    }
}
