package dev.rookery.wings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.CallOptions;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ProtocolException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.token.NodeCredentials;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpNodeFaultsTest {

    private static final OkHttpClient CLIENT = new OkHttpClient();
    private static final String SYSTEM =
            "{\"architecture\":\"amd64\",\"cpu_count\":8,\"kernel_version\":\"6\",\"os\":\"linux\",\"version\":\"1.2.3\"}";

    private final ServerId id = ServerId.random();
    private Peer peer;
    private HttpNode node;

    @BeforeEach
    void start() throws IOException {
        peer = new Peer();
        node = HttpNode.builder(peer.url(), NodeCredentials.random(new SecureRandom()))
                .client(CLIENT)
                .deadlines(NodeDeadlines.builder()
                        .retryBudget(Duration.ofSeconds(10))
                        .build())
                .build();
    }

    @AfterEach
    void stop() {
        peer.close();
    }

    @Test
    void readsAgainAfterABrokenConnectionAndABadGateway() {
        peer.server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.ShutdownConnection.INSTANCE)
                .build());
        peer.answers(502, "bad gateway");
        peer.answers(200, SYSTEM);

        assertThat(node.system().version()).isEqualTo("1.2.3");
        assertThat(peer.server.getRequestCount()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void readsAgainAfterAnAnswerThatBrokeOff() {
        peer.server.enqueue(Peer.answer(200, SYSTEM)
                .onResponseBody(SocketEffect.ShutdownConnection.INSTANCE)
                .build());
        peer.answers(200, SYSTEM);

        assertThat(node.system().version()).isEqualTo("1.2.3");
    }

    @Test
    void triesAPlain500OnlyOnce() {
        peer.answers(500, "{\"error\":\"An unexpected error was encountered while processing this request\"}");

        assertThatThrownBy(node::system).isInstanceOf(UnavailableException.class);
        assertThat(peer.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void triesAFinalAnswerOnlyOnce() {
        peer.answers(404, "{}");

        assertThatThrownBy(node::system).isInstanceOf(NotFoundException.class);
        assertThat(peer.server.getRequestCount()).isEqualTo(1);
    }

    /** A kept connection may have been closed by a node that was just restarted; nobody could say then whether the action arrived. */
    @Test
    void sendsAnActionOnAConnectionOfItsOwn() throws InterruptedException {
        peer.answers(200, SYSTEM);
        peer.answers(202, "");

        node.system();
        node.server(id).power(PowerAction.RESTART);

        int kept = peer.server.takeRequest().getConnectionIndex();
        assertThat(peer.server.takeRequest().getConnectionIndex()).isNotEqualTo(kept);
    }

    @Test
    void neverSendsAnActionTwice() {
        peer.server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.ShutdownConnection.INSTANCE)
                .build());
        peer.answers(202, "");

        assertThatThrownBy(() -> node.server(id).power(PowerAction.RESTART)).isInstanceOf(UnavailableException.class);
        assertThat(peer.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void neverSendsAnActionTwiceOnAConnectionThatWentStale() throws InterruptedException {
        peer.answers(200, SYSTEM);
        peer.server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.ShutdownConnection.INSTANCE)
                .build());
        peer.answers(202, "");
        node.system();

        assertThatThrownBy(() -> node.server(id).power(PowerAction.RESTART)).isInstanceOf(UnavailableException.class);
        assertThat(peer.server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void givesUpAtTheDeadlineWhateverTheRetries() {
        for (int i = 0; i < 50; i++) {
            peer.answers(503, "");
        }

        assertThatThrownBy(() ->
                        node.with(CallOptions.deadline(Duration.ofMillis(500))).system())
                .as("of the last answer, or of the time")
                .isInstanceOfAny(UnavailableException.class, DeadlineException.class);
        assertThat(peer.server.getRequestCount())
                .as("the shortest pauses, of which no third one ends in time")
                .isLessThanOrEqualTo(3);
    }

    @Test
    void endsABodyThatTrickles() {
        peer.server.enqueue(
                Peer.answer(200, SYSTEM).throttleBody(1, 1, TimeUnit.SECONDS).build());

        assertThatThrownBy(() ->
                        node.with(CallOptions.deadline(Duration.ofMillis(500))).system())
                .isInstanceOf(DeadlineException.class)
                .hasMessageContaining("500 ms");
    }

    @Test
    void refusesAnAnswerWithoutEnd() {
        peer.server.enqueue(new MockResponse.Builder()
                .body(new PatternBody(100L * 1024 * 1024))
                .build());

        assertThatThrownBy(node::servers).isInstanceOf(ProtocolException.class).hasMessageContaining("more than");
    }

    @Test
    void stopsWhenCancelled() throws InterruptedException {
        peer.server.enqueue(
                Peer.answer(200, SYSTEM).headersDelay(30, TimeUnit.SECONDS).build());
        var signal = CancelSignal.create();
        var canceller = new Thread(() -> {
            try {
                peer.request();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            signal.cancel();
        });
        canceller.start();

        assertThatThrownBy(
                        () -> node.with(CallOptions.defaults().cancel(signal)).system())
                .isInstanceOf(DeadlineException.class)
                .hasMessageContaining("cancelled");
        canceller.join();
        assertThatThrownBy(
                        () -> node.with(CallOptions.defaults().cancel(signal)).system())
                .isInstanceOf(DeadlineException.class);
        assertThat(peer.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void stopsBetweenTriesWhenCancelled() throws InterruptedException {
        peer.answers(503, "");
        peer.answers(503, "");
        peer.answers(503, "");
        var signal = CancelSignal.create();
        var canceller = new Thread(() -> {
            try {
                peer.request();
                peer.request();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            signal.cancel();
        });
        canceller.start();

        assertThatThrownBy(
                        () -> node.with(CallOptions.defaults().cancel(signal)).system())
                .isInstanceOf(DeadlineException.class);
        canceller.join();
    }

    @Test
    void keepsTheInterruptOfTheCallersThread() throws InterruptedException {
        peer.server.enqueue(
                Peer.answer(200, SYSTEM).headersDelay(30, TimeUnit.SECONDS).build());
        var caller = Thread.currentThread();
        var interrupter = new Thread(() -> {
            try {
                peer.request();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            caller.interrupt();
        });
        interrupter.start();

        assertThatThrownBy(() ->
                        node.with(CallOptions.deadline(Duration.ofSeconds(3))).system())
                .isInstanceOf(DeadlineException.class);
        assertThat(Thread.interrupted()).isTrue();
        interrupter.join();
    }
}
