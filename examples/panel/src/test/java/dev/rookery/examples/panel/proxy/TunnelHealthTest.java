package dev.rookery.examples.panel.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.examples.panel.proxy.DomainStage.State;
import dev.rookery.proxy.cloudflare.CloudflareApi;
import dev.rookery.proxy.cloudflare.ConnectorStatus;
import dev.rookery.proxy.cloudflare.FakeCloudflare;
import dev.rookery.proxy.cloudflare.FakeFault;
import dev.rookery.proxy.cloudflare.MovableClock;
import dev.rookery.proxy.route.CloudflareBinding;
import dev.rookery.proxy.route.SecretRef;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether requests come through a tunnel; Cloudflare is a fake, and so is how the panel's own connector is. */
@SuppressWarnings("NullAway.Init") // JUnit starts the fake before each test
class TunnelHealthTest {

    private static final CloudflareBinding BINDING = CloudflareBinding.builder(
                    "main", FakeCloudflare.ACCOUNT, SecretRef.parse("env:NOBODY"))
            .build();

    private final MovableClock clock = new MovableClock();
    private final AtomicInteger asked = new AtomicInteger();
    private FakeCloudflare cloudflare;
    private TunnelHealth health;
    private ConnectorState own = connector(false, ConnectorStatus.OFF, Optional.empty());

    @BeforeEach
    void start() throws IOException {
        cloudflare = new FakeCloudflare();
        api(BINDING).tunnels(BINDING.accountId()).create(BINDING.tunnelName());
        asked.set(0);
        health = new TunnelHealth(binding -> own, this::api, clock);
    }

    @AfterEach
    void stop() {
        health.close();
        cloudflare.close();
    }

    @Test
    void nobodyRunsIt() {
        var stage = health.of(BINDING);

        assertThat(stage.state()).isEqualTo(State.FAILED);
        assertThat(stage.said()).isEqualTo("no connector runs: the tunnel is inactive");
    }

    @Test
    void somebodyElseRunsIt() {
        cloudflare.connected(BINDING.tunnelName(), 1);

        assertThat(health.of(BINDING).state()).isEqualTo(State.DONE);
    }

    @Test
    void thePanelStartsIt() {
        own = connector(true, ConnectorStatus.OFF, Optional.empty());
        assertThat(health.of(BINDING))
                .isEqualTo(DomainStage.of("tunnel", State.WAITING, "the connector is not connected yet"));

        own = connector(true, ConnectorStatus.OFF, Optional.of("the program ended with 1"));
        assertThat(health.of(BINDING).said()).isEqualTo("the program ended with 1");
    }

    @Test
    void thePanelRunsItAndNobodyHasToBeAsked() {
        var ready = new ConnectorStatus(true, true, 4, OptionalLong.of(3), OptionalInt.empty());
        own = connector(true, ready, Optional.empty());

        assertThat(health.of(BINDING).state()).isEqualTo(State.DONE);
        assertThat(asked).hasValue(0);
    }

    @Test
    void cloudflareIsNotAskedAllTheTime() {
        health.of(BINDING);
        cloudflare.connected(BINDING.tunnelName(), 1);
        assertThat(health.of(BINDING).state()).isEqualTo(State.FAILED);
        assertThat(asked).hasValue(1);

        clock.advance(Duration.ofSeconds(15));
        assertThat(health.of(BINDING).state()).isEqualTo(State.DONE);
        assertThat(asked).hasValue(2);
    }

    /** What worked a moment ago very likely still does. */
    @Test
    void nothingIsHeldAgainstATunnelWhileCloudflareDoesNotSay() {
        cloudflare.faults(call -> FakeFault.FAILED);

        assertThat(health.of(BINDING))
                .isEqualTo(DomainStage.of("tunnel", State.DONE, "Cloudflare does not say how it is"));
    }

    private CloudflareApi api(CloudflareBinding binding) {
        asked.incrementAndGet();
        return CloudflareApi.builder(FakeCloudflare.TOKEN)
                .baseUrl(cloudflare.url())
                .retryBudget(Duration.ZERO)
                .build();
    }

    private static ConnectorState connector(boolean wanted, ConnectorStatus status, Optional<String> said) {
        return new ConnectorState(Optional.of("process"), wanted, status, said);
    }
}
