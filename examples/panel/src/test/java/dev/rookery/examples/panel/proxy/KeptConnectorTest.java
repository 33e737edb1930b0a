package dev.rookery.examples.panel.proxy;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.rookery.proxy.cloudflare.CloudflareApi;
import dev.rookery.proxy.cloudflare.Connector;
import dev.rookery.proxy.cloudflare.ConnectorStatus;
import dev.rookery.proxy.cloudflare.MovableClock;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which token a connector runs with, and when Cloudflare is asked for it. */
class KeptConnectorTest {

    @RegisterExtension
    final WireMockExtension cloudflare = WireMockExtension.newInstance()
            .options(WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort())
            .build();

    private final MovableClock clock = new MovableClock();
    private final List<Ready> started = new ArrayList<>();
    private final KeptConnector connector = new KeptConnector(
            token -> {
                started.add(new Ready(token));
                return started.get(started.size() - 1);
            },
            clock);

    /** A connector that is ready at once. */
    private static final class Ready implements Connector {
        private final String token;
        private boolean running = true;

        Ready(String token) {
            this.token = token;
        }

        @Override
        public ConnectorStatus status() {
            return running
                    ? new ConnectorStatus(true, true, 4, OptionalLong.empty(), OptionalInt.empty())
                    : ConnectorStatus.ended(1);
        }

        @Override
        public void close() {
            running = false;
        }
    }

    @Test
    void isReplacedWhenTheTunnelHasAnotherSecret() {
        answer("one");
        look();
        answer("two");
        look();
        assertThat(started).as("nobody is asked all the time").hasSize(1);

        clock.advance(Duration.ofMinutes(15));
        look();
        look();
        assertThat(started).extracting(one -> one.token).containsExactly("one", "two");
        assertThat(started).extracting(one -> one.running).containsExactly(false, true);
    }

    @Test
    void goesOnWithWhatRunsWhileCloudflareIsAway() {
        answer("one");
        look();
        cloudflare.stubFor(get(urlPathMatching(".*/token")).willReturn(serverError()));
        clock.advance(Duration.ofMinutes(15));
        look();

        assertThat(connector.status().ready()).isTrue();
        assertThat(connector.said()).isPresent();
        answer("one");
        clock.advance(Duration.ofSeconds(3));
        look();
        assertThat(connector.said()).isEmpty();
        assertThat(started).hasSize(1);
    }

    @Test
    void asksForTheSecretAgainWhenWhatRanHasEnded() {
        answer("one");
        look();
        answer("two");
        started.get(0).running = false;
        clock.advance(Duration.ofMinutes(1));
        look();
        clock.advance(Duration.ofSeconds(3));
        look();

        assertThat(started).extracting(one -> one.token).endsWith("two");
        assertThat(connector.status().ready()).isTrue();
    }

    private void look() {
        connector.look(
                TunnelConnectorsTest.BINDING,
                binding -> CloudflareApi.builder("api-canary-12")
                        .baseUrl(URI.create(cloudflare.baseUrl()))
                        .retryBudget(Duration.ZERO)
                        .build());
    }

    private void answer(String token) {
        cloudflare.stubFor(get(urlPathMatching(".*/token"))
                .willReturn(okJson("{\"success\":true,\"errors\":[],\"messages\":[],\"result\":\"" + token + "\"}")));
    }
}
