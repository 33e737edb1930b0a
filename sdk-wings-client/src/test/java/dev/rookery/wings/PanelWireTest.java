package dev.rookery.wings;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.rookery.api.ConflictException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.PanelCall;
import dev.rookery.api.dialect.RemoteDialect;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.StateChange;
import dev.rookery.api.token.NodeCredentials;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each call to a panel of each dialect as it is on the wire: panel remote API §1 to §4. */
@Timeout(60)
class PanelWireTest {

    private static final NodeCredentials CREDENTIALS =
            new NodeCredentials("AbCdEfGh12345678", "s3cr3t-0123456789-0123456789-0123456789-0123456789-0123456789-01");
    private static final OkHttpClient CLIENT = new OkHttpClient();
    private static final WireMockServer WIRE = new WireMockServer(
            WireMockConfiguration.wireMockConfig().bindAddress("127.0.0.1").dynamicPort());

    @BeforeAll
    static void start() {
        WIRE.start();
    }

    @AfterAll
    static void stop() {
        WIRE.stop();
    }

    @BeforeEach
    void forget() {
        WIRE.resetAll();
    }

    static Stream<PanelCases.Case> cases() {
        return PanelCases.all().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isOnTheWireAsTheDialectHasIt(PanelCases.Case given) {
        answers(given);

        var result = given.act().apply(panel(given.dialect()));

        assertThat(result).isEqualTo(given.result());
        var request = request();
        assertThat(request.getMethod().getName()).isEqualTo(given.call().method());
        assertThat(request.getUrl()).isEqualTo(given.path());
        assertThat(request.getBodyAsString()).isEqualTo(given.body());
        assertThat(request.getHeader("Authorization"))
                .isEqualTo("Bearer " + CREDENTIALS.tokenId() + "." + CREDENTIALS.token());
        assertThat(request.getHeader("Accept"))
                .isEqualTo(RemoteDialect.of(given.dialect()).accept());
        assertThat(request.getHeader("Content-Type")).startsWith("application/json");
        assertThat(request.getHeader("User-Agent"))
                .isEqualTo(RemoteDialect.of(given.dialect()).userAgent("1.2.3", CREDENTIALS.tokenId()));
        assertThat(request.getHeader("X-Proxy-Key")).isEqualTo("open");
    }

    @ParameterizedTest
    @EnumSource(value = Dialect.class, names = "NEXUS", mode = EnumSource.Mode.EXCLUDE)
    void everyCallOfEveryDialectIsOnTheTable(Dialect dialect) {
        var tested = cases().filter(one -> one.dialect() == dialect)
                .map(PanelCases.Case::call)
                .collect(Collectors.toSet());

        assertThat(tested)
                .isEqualTo(Stream.of(PanelCall.values())
                        .filter(RemoteDialect.of(dialect)::offers)
                        .collect(Collectors.toSet()));
    }

    @Test
    void thereAreAsManyCallsAsTheCatalogueHas() {
        assertThat(offered(Dialect.PELICAN)).hasSize(13);
        assertThat(offered(Dialect.PTERODACTYL)).hasSize(12);
        assertThat(offered(Dialect.FLAMINGO)).hasSize(11);
        assertThat(offered(Dialect.CALAGOPUS)).hasSize(24);
    }

    @Test
    void whatADialectLacksIsDroppedOrRefusedWithoutAsking() {
        var change = new StateChange(ServerState.OFFLINE, ServerState.STARTING);

        panel(Dialect.PTERODACTYL).reportState(PanelCases.SERVER, change);
        panel(Dialect.CALAGOPUS).reportState(PanelCases.SERVER, change);
        panel(Dialect.FLAMINGO).reportTransfer(PanelCases.SERVER, true);

        assertThatThrownBy(panel(Dialect.PELICAN)::calagopus).isInstanceOf(NotOfferedException.class);
        assertThat(WIRE.getAllServeEvents()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PELICAN | 404 | {\"errors\":[{\"code\":\"NotFoundHttpException\",\"status\":\"404\",\"detail\":\"Unknown node.\"}]}",
                "PTERODACTYL | 403 | {\"errors\":[{\"code\":\"HttpForbiddenException\",\"status\":\"403\",\"detail\":\"Wrong.\"}]}",
                "PTERODACTYL | 400 | {\"errors\":[{\"code\":\"BadRequestHttpException\",\"status\":\"400\",\"detail\":\"No server.\"}]}",
                "FLAMINGO | 403 | {\"error\":\"SFTP is not available\"}",
                "CALAGOPUS | 417 | {\"errors\":[\"user not found\"]}",
                "CALAGOPUS | 404 | {\"errors\":[\"server not found\"]}",
                "CALAGOPUS | 401 | {\"errors\":[\"invalid authorization header\"]}",
            })
    void whateverAPanelRefusesALogInForIsANo(Dialect dialect, int status, String body) {
        answers(status, body);

        assertThatThrownBy(() -> panel(dialect).authorizeSftp(PanelCases.LOGIN))
                .isInstanceOf(DeniedException.class)
                .hasMessageNotContaining("correct horse");
    }

    @Test
    void aServerInAStateAndAThrottleAreNoWrongPassword() {
        answers(
                409,
                "{\"errors\":[{\"code\":\"ServerStateConflictException\",\"status\":\"409\",\"detail\":\"Busy.\"}]}");
        assertThatThrownBy(() -> panel(Dialect.PELICAN).authorizeSftp(PanelCases.LOGIN))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("Busy.");

        answers(429, "");
        assertThatThrownBy(() -> panel(Dialect.PELICAN).authorizeSftp(PanelCases.LOGIN))
                .isInstanceOf(UnavailableException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "PELICAN,'{\"data\":[],\"meta\":{\"per_page\":1,\"path\":\"x\"}}',",
        "PELICAN,'{\"data\":[],\"meta\":{\"current_page\":1,\"last_page\":0,\"total\":0}}',CALAGOPUS"
    })
    void thePanelsDialectIsTakenFromItsList(Dialect assumed, String body, Dialect found) {
        answers(200, body);

        assertThat(panel(assumed).detectDialect().orElse(null)).isEqualTo(found);
        assertThat(request().getUrl()).isEqualTo("/api/remote/servers?page=1&per_page=1");
    }

    @Test
    void theQuirksOfEveryListAreSmoothedOut() {
        answers(200, "{\"data\":[],\"meta\":{\"current_page\":1,\"last_page\":0,\"total\":0}}");
        assertThat(panel(Dialect.CALAGOPUS).servers(1, 50).lastPage()).isEqualTo(1);
        assertThat(request().getUrl()).as("page 0 is refused there").contains("page=1&");

        answers(200, "{\"data\":[],\"meta\":{\"current_page\":1,\"last_page\":null,\"per_page\":0,\"total\":\"0\"}}");
        assertThat(panel(Dialect.FLAMINGO).servers(1, 50).total()).isZero();
    }

    @Test
    void theUrlsOfLatePartsAreAskedForWindowByWindow() {
        answers(200, "{\"parts\":[\"https://s3.example/a\",\"https://s3.example/b\"],\"part_size\":10}");

        var upload = panel(Dialect.CALAGOPUS).backupUpload(PanelCases.BACKUP, 45);

        assertThat(upload.parts()).hasSize(5);
        assertThat(WIRE.getAllServeEvents().stream()
                        .map(event -> event.getRequest().getUrl())
                        .toList())
                .containsExactlyInAnyOrder(parts(1), parts(3), parts(5));
    }

    private static String parts(int from) {
        return "/api/remote/backups/" + PanelCases.BACKUP + "/s3/parts?from_part=" + from;
    }

    private static Set<PanelCall> offered(Dialect dialect) {
        return Stream.of(PanelCall.values())
                .filter(RemoteDialect.of(dialect)::offers)
                .collect(Collectors.toSet());
    }

    private static HttpPanel panel(Dialect dialect) {
        return HttpPanel.builder(URI.create(WIRE.baseUrl()), CREDENTIALS)
                .client(CLIENT)
                .dialect(dialect)
                .version("1.2.3")
                .header("X-Proxy-Key", "open")
                .retryBudget(Duration.ZERO)
                .queryRetryBudget(Duration.ZERO)
                .build();
    }

    /** How each panel says nothing: L 204, `[]` for a state; P an empty 200; C an empty object. Source: panel remote API §2. */
    private static void answers(PanelCases.Case given) {
        if (!given.answer().isEmpty()) {
            answers(200, given.answer());
        } else if (given.dialect() == Dialect.CALAGOPUS) {
            answers(200, "{}");
        } else if (given.call() == PanelCall.STATE_REPORT && given.dialect() == Dialect.PELICAN) {
            answers(200, "[]");
        } else {
            answers(given.call() == PanelCall.ACTIVITY && given.dialect() != Dialect.FLAMINGO ? 200 : 204, "");
        }
    }

    private static void answers(int status, String body) {
        WIRE.resetAll();
        var response = aResponse().withStatus(status);
        // Empty answers of PHP panels say that they are HTML.
        response.withHeader("Content-Type", body.isEmpty() ? "text/html; charset=UTF-8" : "application/json");
        WIRE.stubFor(any(anyUrl()).willReturn(body.isEmpty() ? response : response.withBody(body)));
    }

    private static LoggedRequest request() {
        List<LoggedRequest> requests = WIRE.getAllServeEvents().stream()
                .map(event -> event.getRequest())
                .toList();
        assertThat(requests).hasSize(1);
        return requests.get(0);
    }
}
