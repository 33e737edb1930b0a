package dev.rookery.wings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.ConflictException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.ProtocolException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.file.FileRename;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.wings.micrometer.MicrometerCallObserver;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import mockwebserver3.MockResponse;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

/** How the client finds out what a node speaks, and what it does around a call. */
@Timeout(60)
class NodeFlavourTest {

    private static final OkHttpClient CLIENT = new OkHttpClient();
    private static final String AGENT = "Pelican Wings/v1.2.3 (id:abc)";
    private final ServerId id = ServerId.random();
    private Peer peer;

    @BeforeEach
    void start() throws IOException {
        peer = new Peer();
    }

    @AfterEach
    void stop() {
        peer.close();
    }

    @Test
    void asksOnceWhatANodeSpeaks() throws InterruptedException {
        var node = builder().build();
        enqueue(pelican(200, "{}"), pelican(200, "{\"data\":[]}"), pelican(200, "{\"data\":[]}"));

        node.server(id).logs(1);
        node.server(id).logs(1);

        assertThat(peer.request().getTarget()).isEqualTo("/api/system");
        assertThat(peer.request().getTarget()).contains("/logs?size=1");
        assertThat(peer.request().getTarget()).contains("/logs?size=1");
        assertThat(node.dialect()).isEqualTo(Dialect.PELICAN);
        assertThat(peer.server.getRequestCount()).isEqualTo(3);
    }

    @Test
    void asksNothingForCallsThatAreAlikeEverywhere() {
        enqueue(pelican(202, ""));

        builder().build().server(id).power(PowerAction.START);

        assertThat(peer.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void asksNothingInVainOfADialectThatLacksTheCall() {
        peer.answers(200, "{}");
        var node = builder().build();

        assertThatThrownBy(() -> node.machine().utilization()).isInstanceOf(NotOfferedException.class);
        assertThatThrownBy(() -> node.machine().utilization()).isInstanceOf(NotOfferedException.class);
        assertThat(node.dialect()).isEqualTo(Dialect.PTERODACTYL);
        assertThat(peer.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void asksAgainWhenTheAnswersContradict() {
        var node = builder().build();
        peer.answers(200, "{}");
        assertThat(node.dialect()).isEqualTo(Dialect.PTERODACTYL);

        enqueue(pelican(202, ""), pelican(200, "{}"));
        node.server(id).power(PowerAction.START);

        assertThat(node.dialect()).isEqualTo(Dialect.PELICAN);
    }

    /** A panel takes a token back by an id that each dialect makes otherwise. Source: node API §3.2. */
    @Test
    void signsAsThePanelsOfTheDialectThatTheNodeShows() {
        peer.answers(200, "{}");
        var urls = builder().build().signedUrls(id);

        var first = urls.download("/a.txt").uri();
        var second = urls.upload("/mods").uri();

        assertThat(List.of(claims(first), claims(second)))
                .as("Pterodactyl's panel makes the id with MD5")
                .allSatisfy(claims -> assertThat(claims)
                        .containsPattern("\"jti\":\"[0-9a-f]{32}\"")
                        .contains("unique_id"));
        assertThat(peer.server.getRequestCount()).as("asked once").isEqualTo(1);
    }

    /** It is not what the caller asked for that failed, but what was asked to explain it. */
    @Test
    void keepsTheFirstFailureWhereLookingForItsReasonFailsToo() {
        var files = builder().dialect(Dialect.PTERODACTYL).build().server(id).files();
        peer.answers(500, "{\"error\":\"generic\"}");
        peer.answers(403, "{\"error\":\"no\"}");

        assertThatThrownBy(() -> files.read("a/b.txt"))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("500")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1).hasOnlyElementsOfType(DeniedException.class));
    }

    @Test
    void sharesOneClientAmongNodesThatWereGivenNone() throws Exception {
        var credentials = NodeCredentials.random(new SecureRandom());
        for (int i = 0; i < 50; i++) {
            enqueue(pelican(200, "{}"));
            HttpNode.builder(peer.url(), credentials).build().dialect();
        }

        for (int i = 0; i < 50; i++) {
            assertThat(peer.request().getConnectionIndex())
                    .as("one connection for all")
                    .isZero();
        }
    }

    private static String claims(URI signed) {
        var token = signed.getQuery().replaceAll(".*token=([^&]*).*", "$1").split("\\.", -1);
        return new String(Base64.getUrlDecoder().decode(token[1]), StandardCharsets.UTF_8);
    }

    /** Node API §2.1: with its engine down, a daemon answers 500 even here. */
    @Test
    void seesTheDialectInAnErrorOfTheDaemon() {
        enqueue(pelican(500, "{\"error\":\"x\"}"));

        assertThat(builder().build().dialect()).isEqualTo(Dialect.PELICAN);
    }

    @Test
    void concludesNothingFromAProxysError() {
        enqueue(new MockResponse.Builder().code(502).body("<html>").build());

        assertThatThrownBy(() -> builder().build().dialect()).isInstanceOf(UnavailableException.class);
    }

    /** Node API §7.1: Pterodactyl's daemon answers 500 to a missing file; only a look into its directory tells. */
    @Test
    void findsOutThatAFileIsMissing() {
        var node = builder().dialect(Dialect.PTERODACTYL).build();
        peer.answers(500, "{\"error\":\"generic\"}");
        peer.answers(200, "[{\"name\":\"other.txt\"}]");
        assertThatThrownBy(() -> node.server(id).files().read("dir/a.txt"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("dir/a.txt");

        peer.answers(500, "{\"error\":\"generic\"}");
        peer.answers(200, "[{\"name\":\"a.txt\"}]");
        assertThatThrownBy(() -> node.server(id).files().read("dir/a.txt")).isInstanceOf(UnavailableException.class);
    }

    /** Seen at Pterodactyl's daemon: a success with a length, and no bytes. */
    @Test
    void refusesToReadADirectory() {
        enqueue(Peer.answer(200, "")
                .setHeader("Content-Length", "4096")
                .setHeader("X-Mime-Type", "inode/directory")
                .build());

        assertThatThrownBy(() -> builder()
                        .dialect(Dialect.PTERODACTYL)
                        .build()
                        .server(id)
                        .files()
                        .read("/"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("directory");
    }

    /** Seen at Calagopus' daemon: a directory that is read is "not found", and what could not be moved is only not counted. */
    @Test
    void findsOutWhatCalagopusMeans() {
        var files = builder().dialect(Dialect.CALAGOPUS).build().server(id).files();
        peer.answers(404, "{\"error\":\"file not found\"}");
        peer.answers(200, "[{\"name\":\"dir\",\"directory\":true}]");
        assertThatThrownBy(() -> files.read("dir")).isInstanceOf(InvalidInputException.class);

        peer.answers(404, "{\"error\":\"file not found\"}");
        peer.answers(200, "[]");
        assertThatThrownBy(() -> files.read("a.txt")).isInstanceOf(NotFoundException.class);

        peer.answers(200, "{\"renamed\":0}");
        peer.answers(200, "[{\"name\":\"a.txt\"},{\"name\":\"b.txt\"}]");
        assertThatThrownBy(() -> files.rename("/", List.of(new FileRename("a.txt", "b.txt"))))
                .isInstanceOf(ConflictException.class);

        peer.answers(200, "{\"renamed\":0}");
        peer.answers(200, "[]");
        files.rename("/", List.of(new FileRename("gone.txt", "b.txt")));
    }

    @Test
    void followsARedirectThatStaysOnTheNode() throws InterruptedException {
        enqueue(
                new MockResponse.Builder()
                        .code(307)
                        .setHeader("Location", "/api/servers/" + id + "/power/")
                        .build(),
                pelican(202, ""));

        builder().build().server(id).power(PowerAction.KILL);

        var first = peer.request();
        var second = peer.request();
        assertThat(second.getMethod()).isEqualTo("POST");
        assertThat(second.getTarget()).endsWith("/power/");
        assertThat(Peer.body(second)).isEqualTo(Peer.body(first));
        assertThat(second.getHeaders().get("Authorization")).isNotNull();
    }

    @Test
    void carriesCredentialsToNoOtherHost() throws IOException {
        try (var elsewhere = new Peer()) {
            elsewhere.answers(200, "{}");
            enqueue(new MockResponse.Builder()
                    .code(307)
                    .setHeader("Location", elsewhere.url().toString())
                    .build());

            assertThatThrownBy(() -> builder().build().system())
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageContaining("redirect");
            assertThat(elsewhere.server.getRequestCount()).isZero();
        }
    }

    @Test
    void endsWhereRedirectsRunInCircles() {
        for (int i = 0; i < 10; i++) {
            enqueue(new MockResponse.Builder()
                    .code(301)
                    .setHeader("Location", "/api/system")
                    .build());
        }

        assertThatThrownBy(() -> builder().build().system()).isInstanceOf(ProtocolException.class);
        assertThat(peer.server.getRequestCount()).isEqualTo(4);
    }

    @Test
    void waitsAsLongAsThePeerAsks() {
        var node = builder()
                .deadlines(NodeDeadlines.builder()
                        .retryBudget(Duration.ofSeconds(5))
                        .build())
                .build();
        enqueue(
                new MockResponse.Builder()
                        .code(429)
                        .setHeader("Retry-After", "1")
                        .build(),
                pelican(200, "{\"version\":\"1\"}"));
        long begin = System.nanoTime();

        assertThat(node.system().version()).isEqualTo("1");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void waitsForNoPeerThatAsksForTooMuch() {
        var node = builder()
                .deadlines(NodeDeadlines.builder()
                        .retryBudget(Duration.ofSeconds(5))
                        .build())
                .build();
        enqueue(new MockResponse.Builder()
                .code(503)
                .setHeader("Retry-After", "3600")
                .build());

        assertThatThrownBy(node::system).isInstanceOf(UnavailableException.class);
        assertThat(peer.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void tellsTheObserverAndTheLogWhatIsCalled() {
        var seen = new ArrayList<String>();
        CallObserver observer = call -> {
            seen.add("begin " + call.endpoint() + " " + MDC.get(LogKeys.SERVER).equals(id.toString()));
            return (outcome, dialect, failure) ->
                    seen.add("end " + outcome + " " + dialect.isPresent() + " " + MDC.get(LogKeys.NODE));
        };
        var node = builder().dialect(Dialect.PELICAN).observer(observer).build();
        enqueue(pelican(202, ""), pelican(404, "{\"error\":\"x\"}"));
        MDC.put(LogKeys.NODE, "before");

        node.server(id).power(PowerAction.START);
        assertThatThrownBy(() -> node.server(id).details()).isInstanceOf(NotFoundException.class);

        var name = peer.url().toString().replaceAll("/$", "");
        assertThat(seen)
                .containsExactly(
                        "begin POST /api/servers/{uuid}/power true",
                        "end success true " + name,
                        "begin GET /api/servers/{uuid} true",
                        "end not-found true " + name);
        assertThat(MDC.get(LogKeys.NODE)).isEqualTo("before");
        MDC.remove(LogKeys.NODE);
    }

    @Test
    void outlivesAnObserverThatFails() {
        enqueue(pelican(202, ""));

        builder()
                .observer(call -> {
                    throw new IllegalStateException("broken");
                })
                .build()
                .server(id)
                .power(PowerAction.START);

        assertThat(peer.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void makesObservationsForMicrometer() {
        var stopped = new ArrayList<Observation.Context>();
        var registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(new ObservationHandler<>() {
            @Override
            public void onStop(Observation.Context context) {
                stopped.add(context);
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
        enqueue(pelican(403, "{\"error\":\"x\"}"));
        var node = builder()
                .dialect(Dialect.PELICAN)
                .observer(MicrometerCallObserver.of(registry))
                .build();

        assertThatThrownBy(() -> node.server(id).details()).isInstanceOf(DeniedException.class);

        assertThat(stopped).singleElement().satisfies(context -> {
            assertThat(context.getName()).isEqualTo("rookery.node.call");
            assertThat(context.getLowCardinalityKeyValues())
                    .extracting(key -> key.getKey() + "=" + key.getValue())
                    .containsExactlyInAnyOrder("endpoint=GET /api/servers/{uuid}", "dialect=pelican", "outcome=denied");
            assertThat(context.getError()).isInstanceOf(DeniedException.class);
        });
        assertThat(registry.getCurrentObservation()).isNull();
    }

    private HttpNodeBuilder builder() {
        return HttpNode.builder(peer.url(), NodeCredentials.random(new SecureRandom()))
                .client(CLIENT)
                .deadlines(NodeDeadlines.builder().retryBudget(Duration.ZERO).build());
    }

    private void enqueue(MockResponse... answers) {
        List.of(answers).forEach(peer.server::enqueue);
    }

    private static MockResponse pelican(int status, String body) {
        return Peer.answer(status, body).setHeader("User-Agent", AGENT).build();
    }
}
