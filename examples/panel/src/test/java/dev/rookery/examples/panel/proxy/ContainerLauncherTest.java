package dev.rookery.examples.panel.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import dev.rookery.build.tiers.SecondLane;
import dev.rookery.proxy.cloudflare.ConnectorKeeper;
import dev.rookery.proxy.cloudflare.ConnectorLauncher;
import dev.rookery.proxy.cloudflare.FakeCloudflare;
import dev.rookery.proxy.cloudflare.MovableClock;
import dev.rookery.testing.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connectors in containers of a real engine: a script in the place of cloudflared, and cloudflared itself where it is there. */
@Tag("docker")
@SecondLane
class ContainerLauncherTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SECRET = "connector-canary-77";

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock();
    private final ConnectorKeeper keeper = new ConnectorKeeper(clock);

    @AfterEach
    void remove() {
        ConnectorImage.remove(tunnel());
    }

    @Test
    void runsWithATokenThatTheEngineDoesNotTellUntilItIsStopped() throws IOException {
        keeper.want(scripted(), SECRET);
        keeper.look();
        Eventually.holds("it is ready", SOON, () -> keeper.status().ready());

        assertThat(keeper.status().connections()).isEqualTo(4);
        assertThat(keeper.status().configVersion()).hasValue(7);
        var id = only();
        assertThat(ConnectorImage.inspected(id)).contains("TUNNEL_TOKEN_FILE").doesNotContain(SECRET);
        keeper.close();
        assertThat(ConnectorImage.containers(tunnel())).isEmpty();
    }

    @Test
    void goesOnWithoutThePanelAndIsTakenOverByTheNext() throws IOException {
        keeper.want(scripted(), SECRET);
        keeper.look();
        Eventually.holds("it is ready", SOON, () -> keeper.status().ready());
        var id = only();
        keeper.leave();

        var next = new ConnectorKeeper(clock);
        next.want(scripted(), SECRET);
        next.look();
        assertThat(next.status().ready()).isTrue();
        assertThat(only()).isEqualTo(id);
        next.close();
    }

    @Test
    void isReplacedByAnotherTokenOrImageOnlyWhenThatIsReady() throws IOException {
        keeper.want(scripted(), SECRET);
        keeper.look();
        Eventually.holds("it is ready", SOON, () -> keeper.status().ready());
        var first = only();
        keeper.leave();

        var next = new ConnectorKeeper(clock);
        next.want(scripted(), SECRET + "-never");
        next.look();
        assertThat(ConnectorImage.containers(tunnel())).hasSize(2);
        clock.advance(ConnectorKeeper.READY_LIMIT);
        next.look();
        assertThat(only()).as("it did not get ready").isEqualTo(first);
        next.want(scripted(), SECRET + "-two");
        next.look();
        Eventually.holds("it is replaced", SOON, () -> {
            next.look();
            return ConnectorImage.containers(tunnel()).stream()
                    .noneMatch(one -> one.getId().equals(first));
        });
        assertThat(next.status().ready()).isTrue();
        next.close();
    }

    @Test
    void oneThatSomebodyRemovesIsStartedAgain() throws IOException {
        keeper.want(scripted(), SECRET);
        keeper.look();
        var first = only();
        ConnectorImage.remove(tunnel());
        keeper.look();
        clock.advance(Duration.ofSeconds(3));
        keeper.look();

        assertThat(only()).isNotEqualTo(first);
    }

    @Test
    void saysHowOneEndsThatTheEngineStartsAgain() throws IOException {
        keeper.want(scripted(), SECRET + "-ends");
        keeper.look();

        Eventually.holds("it says so", SOON, () -> keeper.status().exitCode().orElse(0) == 3);
        assertThat(keeper.status().ready()).isFalse();
    }

    @Test
    void isReachedInANetworkOfItsOwn() throws IOException {
        var network = "rookery-connector-test";
        ConnectorImage.ENGINE.ask(
                "make a network",
                client -> client.createNetworkCmd().withName(network).exec().getId());
        try {
            keeper.want(in(network, ConnectorImage.scripted(Files.createDirectories(folder.resolve("image")))), SECRET);
            keeper.look();
            Eventually.holds("it is ready", SOON, () -> keeper.status().ready());
        } finally {
            keeper.close();
            ConnectorImage.ENGINE.ask("remove the network", client -> {
                client.removeNetworkCmd(network).exec();
                return network;
            });
        }
    }

    @Test
    void saysThatNoEngineAnswersAndStartsNoOtherOneBlindly() {
        var nobody = new ConnectorChoice.Containers(
                new ContainerEngine("unix://" + folder.resolve("none.sock")), "a/b:1", "host", List.of());
        keeper.want(nobody.launcher(tunnel()), SECRET);
        keeper.look();

        assertThat(keeper.said())
                .hasValueSatisfying(said ->
                        assertThat(said).contains("no container engine answers").doesNotContain(SECRET));
        assertThat(new ContainerConnector(nobody.engine(), "some", 1, "host")
                        .status()
                        .running())
                .isTrue();
    }

    @Test
    void saysWhyAnImageDoesNotCome() {
        keeper.want(in("host", "127.0.0.1:1/cloudflared:1"), SECRET);
        keeper.look();

        assertThat(keeper.said())
                .hasValueSatisfying(said -> assertThat(said).contains("container engine does not", "127.0.0.1:1"));
        assertThat(ConnectorImage.containers(tunnel())).isEmpty();
    }

    @Test
    void refusesImagesOfNoCertainVersion() {
        for (var image : List.of("cloudflare/cloudflared", "cloudflare/cloudflared:latest", "-x:1", "a b:1", "")) {
            assertThatThrownBy(() -> choice("host", image)).as(image).isInstanceOf(InvalidInputException.class);
        }
        assertThat(choice("host", "localhost:5000/cloudflared:2026.8.2").inHostNetwork())
                .isTrue();
        assertThat(choice("proxy_nw", "cloudflared@sha256:" + "0f".repeat(32)).inHostNetwork())
                .isFalse();
        assertThatThrownBy(() -> choice("host", "a/b:1").launcher(tunnel()).start(" "))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    @Tag("cloudflared")
    void runsTheRealProgramTakesItOverAndStopsIt() throws IOException {
        var image = ConnectorImage.real(
                Files.createDirectories(folder.resolve("image")), Path.of(System.getenv("ROOKERY_CLOUDFLARED")));
        var real = new ConnectorChoice.Containers(
                        ConnectorImage.ENGINE, image, "host", List.of("--edge", "127.0.0.1:1"))
                .launcher(tunnel());
        keeper.want(real, token());
        keeper.look();
        Eventually.holds("it tells how it is", SOON, () -> answers(only()));
        assertThat(keeper.status().running()).isTrue();
        assertThat(keeper.status().ready()).as("it reaches nobody").isFalse();
        assertThat(ConnectorImage.inspected(only())).doesNotContain(token());

        var id = only();
        keeper.leave();
        var next = new ConnectorKeeper(clock);
        next.want(real, token());
        next.look();
        assertThat(only()).isEqualTo(id);
        next.close();
        assertThat(ConnectorImage.containers(tunnel())).isEmpty();
    }

    private boolean answers(String id) {
        var port = ConnectorImage.containers(tunnel()).get(0).getLabels().get("dev.rookery.connector.port");
        try (var socket = new java.net.Socket("127.0.0.1", Integer.parseInt(port))) {
            return socket.isConnected() && !id.isEmpty();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String token() {
        var secret = Base64.getEncoder().encodeToString(new byte[32]);
        return Base64.getEncoder()
                .encodeToString(("{\"a\":\"" + FakeCloudflare.ACCOUNT
                                + "\",\"t\":\"6ff42ae2-765d-4adf-8112-31c55c1551ef\",\"s\":\"" + secret + "\"}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private ConnectorLauncher scripted() throws IOException {
        return in("host", ConnectorImage.scripted(Files.createDirectories(folder.resolve("image"))));
    }

    private ConnectorLauncher in(String network, String image) {
        return choice(network, image).launcher(tunnel());
    }

    private static ConnectorChoice.Containers choice(String network, String image) {
        return new ConnectorChoice.Containers(ConnectorImage.ENGINE, image, network, List.of());
    }

    private Path tunnel() {
        return folder.resolve("tunnel");
    }

    private String only() {
        var all = ConnectorImage.containers(tunnel());
        assertThat(all).hasSize(1);
        return all.get(0).getId();
    }
}
