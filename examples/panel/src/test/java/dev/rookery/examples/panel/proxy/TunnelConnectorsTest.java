package dev.rookery.examples.panel.proxy;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.rookery.api.ConflictException;
import dev.rookery.api.NotFoundException;
import dev.rookery.proxy.cloudflare.CloudflareApi;
import dev.rookery.proxy.cloudflare.ConnectorLauncher;
import dev.rookery.proxy.route.CloudflareBinding;
import dev.rookery.proxy.route.SecretRef;
import dev.rookery.testing.Eventually;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Connectors with a script in place of the program, and Cloudflare's answer about their token. */
class TunnelConnectorsTest {

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String SECRET = "connector-canary-77";
    private static final String TOKEN = "/accounts/acc/cfd_tunnel/5a0cbd05-3d14-4a1c-9d1f-6b4b1f8a7c11/token";
    static final CloudflareBinding BINDING = CloudflareBinding.builder("main", "acc", SecretRef.parse("env:NOBODY"))
            .tunnelId("5a0cbd05-3d14-4a1c-9d1f-6b4b1f8a7c11")
            .build();

    @RegisterExtension
    final WireMockExtension cloudflare = WireMockExtension.newInstance()
            .options(WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort())
            .build();

    @TempDir
    Path folder;

    private final List<TunnelConnectors> opened = new ArrayList<>();
    private Path program;

    @BeforeEach
    void prepare() throws IOException {
        program = Files.writeString(
                folder.resolve("cloudflared"),
                "#!/bin/sh\necho $$ >> " + folder.resolve("pids") + "\ncat \"$TUNNEL_TOKEN_FILE\" > "
                        + folder.resolve("told") + "\nwhile true; do sleep 0.2; done\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        answer(SECRET);
    }

    @AfterEach
    void end() {
        opened.forEach(TunnelConnectors::close);
    }

    @Test
    void runsWithItsTunnelsTokenUntilItIsSwitchedOff() throws IOException {
        var connectors = open(List.of(BINDING));
        assertThat(connectors.state("main").wanted()).isFalse();

        assertThat(connectors.start("main").wanted()).isTrue();
        Eventually.holds(
                "it runs", SOON, () -> connectors.state("main").status().running() && pids().size() == 1);
        Eventually.holds("it has its token", SOON, () -> read("told").equals(SECRET));
        assertThat(connectors.state("main").said()).isEmpty();

        connectors.stop("main");
        Eventually.holds("it has ended", SOON, () -> !alive(0));
        assertThat(connectors.state("main").wanted()).isFalse();
        Eventually.holds(
                "so it is said", SOON, () -> !connectors.state("main").status().running());
    }

    @Test
    void isStartedAgainWhenItEnds() {
        var connectors = open(List.of(BINDING));
        connectors.start("main");
        Eventually.holds("it runs", SOON, () -> pids().size() == 1);
        ProcessHandle.of(pids().get(0)).orElseThrow().destroyForcibly();

        Eventually.holds("another one runs", SOON, () -> pids().size() == 2 && alive(1));
    }

    @Test
    void runsAgainWhenThePanelIsStartedAnew() {
        var first = open(List.of(BINDING));
        first.start("main");
        Eventually.holds("it runs", SOON, () -> pids().size() == 1);
        first.close();
        assertThat(alive(0)).as("it goes with its panel").isFalse();

        open(List.of(BINDING));
        Eventually.holds("it runs again", SOON, () -> pids().size() == 2 && alive(1));
    }

    @Test
    void whatAKilledPanelLeftBehindIsTakenOver() throws IOException {
        Files.createFile(
                Files.createDirectories(folder.resolve("connectors/main")).resolve("wanted"));
        leaveBehind("main");
        var connectors = open(List.of(BINDING));
        Eventually.holds(
                "it is taken over",
                SOON,
                () -> connectors.state("main").status().running());
        assertThat(pids()).as("no other was started").hasSize(1);

        connectors.close();
        Eventually.holds("it ends with this panel", SOON, () -> !alive(0));
    }

    @Test
    void whatAKilledPanelLeftBehindEndsIfNobodyWantsItAnyMore() {
        leaveBehind("main");
        leaveBehind("gone");
        open(List.of(BINDING));

        Eventually.holds("both have ended", SOON, () -> !alive(0) && !alive(1));
    }

    @Test
    void whatAKilledPanelLeftBehindEndsWhenItIsSwitchedOffAlsoIfItCouldNotBeTakenOver() throws IOException {
        Files.createFile(
                Files.createDirectories(folder.resolve("connectors/main")).resolve("wanted"));
        leaveBehind("main");
        refuse();
        var connectors = open(List.of(BINDING));
        Eventually.holds(
                "Cloudflare does not say its token",
                SOON,
                () -> connectors.state("main").said().isPresent());

        connectors.stop("main");
        Eventually.holds("it has ended", SOON, () -> !alive(0));
    }

    /** As a panel does that is killed. */
    private void leaveBehind(String binding) {
        int before = pids().size();
        ConnectorLauncher.processes(program, folder.resolve("connectors/" + binding))
                .start(SECRET);
        Eventually.holds("it runs", SOON, () -> pids().size() == before + 1);
    }

    @Test
    void saysWhyItDoesNotRunAndTriesAgain() {
        refuse();
        var connectors = open(List.of(BINDING));
        connectors.start("main");
        Eventually.holds(
                "it says why", SOON, () -> connectors.state("main").said().isPresent());
        assertThat(connectors.state("main").status().running()).isFalse();
        assertThat(connectors.state("main").said().orElseThrow()).doesNotContain("api-canary-12");

        answer(SECRET);
        Eventually.holds(
                "it runs", SOON, () -> connectors.state("main").status().running());
    }

    private void refuse() {
        cloudflare.stubFor(
                get(urlPathEqualTo(TOKEN))
                        .willReturn(
                                aResponse()
                                        .withStatus(403)
                                        .withBody(
                                                "{\"success\":false,\"errors\":[{\"code\":10000,\"message\":\"Authentication error\"}],\"result\":null}")));
    }

    @Test
    void isSwitchedOnWithoutWaitingForCloudflare() {
        var asked = new CountDownLatch(1);
        var connectors = open(List.of(BINDING), binding -> {
            await(asked);
            return api(binding);
        });
        connectors.start("main");
        assertThat(connectors.state("main").status().running()).isFalse();
        asked.countDown();
        Eventually.holds(
                "it runs", SOON, () -> connectors.state("main").status().running());
    }

    @Test
    void doesNotWaitForAnotherOne() {
        var slow = CloudflareBinding.builder("slow", "acc", SecretRef.parse("env:NOBODY"))
                .tunnelId("5a0cbd05-3d14-4a1c-9d1f-6b4b1f8a7c11")
                .build();
        var asked = new CountDownLatch(1);
        var times = new AtomicInteger();
        var connectors = open(List.of(slow, BINDING), binding -> {
            if (binding.equals(slow)) {
                times.incrementAndGet();
                await(asked);
            }
            return api(binding);
        });
        try {
            connectors.start("slow");
            Eventually.holds("it is worked at", SOON, () -> times.get() == 1);
            connectors.start("slow");
            connectors.start("main");

            Eventually.holds(
                    "the other one runs",
                    SOON,
                    () -> connectors.state("main").status().running());
            assertThat(times).as("never twice at once").hasValue(1);
        } finally {
            asked.countDown();
        }
    }

    @Test
    void endsWithItsBinding() {
        var bindings = new ArrayList<>(List.of(BINDING));
        var connectors = open(bindings);
        connectors.start("main");
        Eventually.holds("it runs", SOON, () -> pids().size() == 1);
        bindings.clear();
        Eventually.holds("it has ended", SOON, () -> !alive(0));
    }

    @Test
    void refusesBindingsThatAreNotThereAndPanelsWithoutAProgram() {
        var connectors = open(List.of(BINDING));
        assertThatThrownBy(() -> connectors.start("other")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> connectors.stop("../main")).isInstanceOf(NotFoundException.class);

        var without = new TunnelConnectors(
                Optional.empty(),
                folder.resolve("none"),
                () -> List.of(BINDING),
                TunnelConnectorsTest.this::api,
                Clock.systemUTC());
        opened.add(without);
        without.open();
        assertThatThrownBy(() -> without.start("main")).isInstanceOf(ConflictException.class);
        assertThat(without.state("main").kind()).isEmpty();
    }

    private void answer(String token) {
        cloudflare.stubFor(get(urlPathEqualTo(TOKEN))
                .willReturn(okJson("{\"success\":true,\"errors\":[],\"messages\":[],\"result\":\"" + token + "\"}")));
    }

    private TunnelConnectors open(List<CloudflareBinding> bindings) {
        return open(bindings, this::api);
    }

    private TunnelConnectors open(List<CloudflareBinding> bindings, Function<CloudflareBinding, CloudflareApi> apis) {
        var connectors = new TunnelConnectors(
                Optional.of(new ConnectorChoice.Processes(program)),
                folder.resolve("connectors"),
                () -> List.copyOf(bindings),
                apis,
                Clock.systemUTC());
        opened.add(connectors);
        connectors.open();
        return connectors;
    }

    private CloudflareApi api(CloudflareBinding binding) {
        return CloudflareApi.builder("api-canary-12")
                .baseUrl(URI.create(cloudflare.baseUrl()))
                .retryBudget(Duration.ZERO)
                .build();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Long> pids() {
        return read("pids").lines().map(Long::parseLong).toList();
    }

    private boolean alive(int number) {
        return ProcessHandle.of(pids().get(number))
                .filter(ProcessHandle::isAlive)
                .isPresent();
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException ignored) {
            // It has not come so far.
            return "";
        }
    }
}
