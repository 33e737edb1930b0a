package dev.rookery.testing.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.DeniedException;
import dev.rookery.api.ServerId;
import dev.rookery.api.panel.SftpLogin;
import org.junit.jupiter.api.Test;

/** What a node may rely on in panels that let people log in over SFTP. Source: panel remote API §3.10. */
public abstract class PanelSftpContract extends PanelContractFixture {

    /** Creates the contract for one test. */
    protected PanelSftpContract() {}

    @Test
    void letsInWhomItKnows() {
        var authority = panel().authorizeSftp(login());

        assertThat(subject().servers()).contains(authority.server());
        assertThat(authority.permissions().toList()).isNotEmpty();
    }

    @Test
    void takesTheWholeIdOfAServerToo() {
        var server = panel().authorizeSftp(login()).server();
        var user = login().username().substring(0, login().username().lastIndexOf('.'));

        assertThat(panel().authorizeSftp(as(user + "." + server, login().secret()))
                        .server())
                .isEqualTo(server);
    }

    @Test
    void refusesAWrongSecretAndAWrongServerAlike() {
        var user = login().username().substring(0, login().username().lastIndexOf('.'));

        assertThatThrownBy(() -> panel().authorizeSftp(as(login().username(), login().secret() + "x")))
                .isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> panel().authorizeSftp(as(user + "." + ServerId.random(), login().secret())))
                .isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> panel().authorizeSftp(as("x" + login().username(), login().secret())))
                .isInstanceOf(DeniedException.class);
    }

    private SftpLogin as(String name, String secret) {
        return SftpLogin.builder(name, secret).method(login().method()).build();
    }
}
