package dev.rookery.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.ConflictException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.panel.SftpLogin;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelException.Problem;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.SftpKey;
import dev.rookery.panel.spi.SftpUsers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Log-ins over SFTP, as nodes ask for them. Source: panel remote API §3.10. */
@SuppressWarnings("NullAway.Init") // JUnit installs the server before each test
class SftpLoginsTest {

    private static final UUID SAM = UUID.randomUUID();
    private static final String BASE64 = "AAAAC3NzaC1lZDI1NTE5AAAAIJ+4Ssrj1I6SaOHJpVoQHRJSVRLDa9pMAPkrgLbPF3QD";
    private static final String KEY = "ssh-ed25519 " + BASE64;

    private final PanelFixture fixture = new PanelFixture();
    private final People people = new People();
    private final PanelService service = PanelService.builder(
                    fixture.store, record -> fixture.nodes.get(record.id()), new ReadEggInterpreter())
            .clock(fixture.clock)
            .sftpUsers(people)
            .build();
    private PanelServer server;

    @BeforeEach
    void install() {
        server = fixture.installing("lobby");
        fixture.recording().panel.reportInstall(server.id(), new InstallReport(true, false));
    }

    @Test
    void letsInByPasswordUnderTheShortAndTheWholeId() {
        var authority = service.forNode(fixture.node.id()).authorizeSftp(password("sam.smith", "right"));

        assertThat(authority.user()).isEqualTo(SAM);
        assertThat(authority.server()).isEqualTo(server.id());
        assertThat(authority.permissions()).isEqualTo(people.permissions);
        assertThat(service.forNode(fixture.node.id())
                        .authorizeSftp(SftpLogin.builder("sam.smith." + server.id(), "right")
                                .build())
                        .server())
                .isEqualTo(server.id());
    }

    @Test
    void letsInByKeyWithoutRegardToItsComment() {
        var login = SftpLogin.builder("sam.smith." + shortId(), KEY + " sam@laptop")
                .method(SftpLogin.Method.PUBLIC_KEY)
                .build();

        assertThat(service.forNode(fixture.node.id()).authorizeSftp(login).user())
                .isEqualTo(SAM);
    }

    @Test
    void keysThatAreNotRegisteredAreNoFailures() {
        var other = new SftpKey("ssh-ed25519", BASE64.replace('J', 'K'));
        var login = SftpLogin.builder("sam.smith." + shortId(), other.type() + " " + other.base64())
                .method(SftpLogin.Method.PUBLIC_KEY)
                .build();
        for (int i = 0; i < 20; i++) {
            assertDenied(login);
        }

        assertThat(service.forNode(fixture.node.id()).authorizeSftp(password("sam.smith", "right")))
                .isNotNull();
    }

    @Test
    void refusesAfterFiveFailuresFromOneAddressForAMinute() {
        for (int i = 0; i < 5; i++) {
            assertDenied(password("sam.smith", "wrong"));
        }

        assertThatThrownBy(() -> service.forNode(fixture.node.id()).authorizeSftp(password("SAM.smith", "right")))
                .isInstanceOfSatisfying(
                        PanelException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TOO_MANY_LOGINS));
        assertThat(service.forNode(fixture.node.id()).authorizeSftp(from("203.0.113.77:1", "right")))
                .as("another address has failures of its own")
                .isNotNull();
        fixture.clock.advance(Duration.ofMinutes(1));
        assertThat(service.forNode(fixture.node.id()).authorizeSftp(password("sam.smith", "right")))
                .isNotNull();
    }

    @Test
    void aNodeThatTriesPasswordsFromManyAddressesIsStoppedToo() {
        for (int i = 0; i < 60; i++) {
            assertDenied(from("203.0.113." + i + ":22", "wrong"));
        }

        assertThatThrownBy(() -> service.forNode(fixture.node.id()).authorizeSftp(from("203.0.113.99:22", "right")))
                .isInstanceOf(PanelException.class);
    }

    @Test
    void anotherNodesServerDoesNotExistAndThePasswordIsCheckedAllTheSame() {
        people.asked.clear();

        assertThatThrownBy(() -> service.forNode(fixture.other.id()).authorizeSftp(password("sam.smith", "right")))
                .isInstanceOf(DeniedException.class)
                .hasMessageNotContaining(server.id().toString());
        assertThat(people.asked).containsExactly("sam.smith");
    }

    @Test
    void needsThePermissionForSftp() {
        people.permissions = Permissions.of(Permission.FILE_READ);

        assertDenied(password("sam.smith", "right"));
    }

    @Test
    void waitsForAServerThatIsSuspended() {
        service.suspend(server.id(), true);

        assertThatThrownBy(() -> service.forNode(fixture.node.id()).authorizeSftp(password("sam.smith", "right")))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("suspended");
    }

    @Test
    void readsKeysAsOpenSshDoes() {
        assertThat(SftpKey.parse(KEY + "  sam").fingerprint())
                .startsWith("SHA256:")
                .hasSize(50)
                .doesNotEndWith("=");
        for (var line : List.of("", "ssh-ed25519", "ssh-ed25519 %%%", "ssh-rsa " + BASE64, "ssh-rsa AAAA")) {
            assertThatThrownBy(() -> SftpKey.parse(line)).as(line).isInstanceOf(InvalidInputException.class);
        }
    }

    private void assertDenied(SftpLogin login) {
        assertThatThrownBy(() -> service.forNode(fixture.node.id()).authorizeSftp(login))
                .isInstanceOf(DeniedException.class);
    }

    private SftpLogin password(String name, String password) {
        return SftpLogin.builder(name + "." + shortId(), password)
                .address("203.0.113.9:52144")
                .build();
    }

    private SftpLogin from(String address, String password) {
        return SftpLogin.builder("sam.smith." + shortId(), password)
                .address(address)
                .build();
    }

    private String shortId() {
        return server.id().toString().substring(0, 8);
    }

    private static final class People implements SftpUsers {

        private final List<String> asked = new ArrayList<>();
        private Permissions permissions = Permissions.owner();

        @Override
        public Optional<UUID> byPassword(String username, String password) {
            asked.add(username);
            return username.equalsIgnoreCase("sam.smith") && password.equals("right")
                    ? Optional.of(SAM)
                    : Optional.empty();
        }

        @Override
        public Optional<UUID> byKey(String username, SftpKey key) {
            return key.equals(SftpKey.parse(KEY)) ? Optional.of(SAM) : Optional.empty();
        }

        @Override
        public Permissions permissions(UUID user, PanelServer of) {
            return permissions;
        }
    }
}
