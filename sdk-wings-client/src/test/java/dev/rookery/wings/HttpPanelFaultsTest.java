package dev.rookery.wings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.CallOptions;
import dev.rookery.api.ConflictException;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ProtocolException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.backup.BackupReport;
import dev.rookery.api.panel.ActivityEntry;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.token.NodeCredentials;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can go wrong on the way to a panel, and what a report is worth then: daemon behaviour §11.2. */
@Timeout(60)
class HttpPanelFaultsTest {

    private static final NodeCredentials CREDENTIALS =
            new NodeCredentials("AbCdEfGh12345678", "s3cr3t-0123456789-0123456789-0123456789-0123456789-0123456789-01");
    private static final OkHttpClient CLIENT = new OkHttpClient();
    private static final String ALREADY =
            "{\"errors\":[{\"code\":\"BadRequestHttpException\",\"status\":\"400\",\"detail\":\"Cannot update the status of"
                    + " a backup that is already marked as completed.\"}]}";

    private Peer peer;
    private HttpPanel panel;

    @BeforeEach
    void start() throws IOException {
        peer = new Peer();
        panel = HttpPanel.builder(peer.url(), CREDENTIALS).client(CLIENT).build();
    }

    @AfterEach
    void stop() {
        peer.close();
    }

    @Test
    void questionsFailFast() {
        for (int i = 0; i < 20; i++) {
            peer.answers(503, "");
        }

        assertThatThrownBy(() -> panel.configuration(PanelCases.SERVER)).isInstanceOf(UnavailableException.class);

        assertThat(peer.server.getRequestCount())
                .as("the shortest pauses, of which no fourth one ends within two seconds")
                .isLessThanOrEqualTo(4);
    }

    @Test
    void questionsAreAskedAgain() {
        peer.answers(503, "");
        breaksOff();
        peer.answers(200, "{\"container_image\":\"img\",\"entrypoint\":\"bash\",\"script\":\"\"}");
        var patient = HttpPanel.builder(peer.url(), CREDENTIALS)
                .client(CLIENT)
                .queryRetryBudget(Duration.ofSeconds(30))
                .build();

        assertThat(patient.installScript(PanelCases.SERVER).entrypoint()).isEqualTo("bash");

        assertThat(peer.server.getRequestCount()).isEqualTo(3);
    }

    @Test
    void reportsOutlastAPanelThatRestarts() {
        peer.answers(502, "<html>bad gateway</html>");
        breaksOff();
        peer.answers(503, "");
        peer.answers(204, "");

        panel.reportRestore(PanelCases.BACKUP, true);

        assertThat(peer.server.getRequestCount()).isEqualTo(4);
    }

    @Test
    void waitsAsLongAsThePanelAsksFor() {
        peer.server.enqueue(Peer.answer(429, "").setHeader("Retry-After", "2").build());
        peer.answers(204, "");
        long begin = System.nanoTime();

        panel.reset();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void waitsNoLongerThanItMay() {
        peer.server.enqueue(
                Peer.answer(503, "").setHeader("Retry-After", "3600").build());

        assertThatThrownBy(panel::reset).isInstanceOf(UnavailableException.class);
        assertThat(peer.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aMoveThatEndedWithALostAnswerHasEnded() {
        breaksOff();
        peer.answers(409, "{\"errors\":[{\"code\":\"Conflict\",\"status\":\"409\",\"detail\":\"Not being moved.\"}]}");

        assertThatCode(() -> panel.reportTransfer(PanelCases.SERVER, true)).doesNotThrowAnyException();
    }

    @Test
    void aMoveThatNobodyOrderedIsAConflict() {
        peer.answers(409, "");

        assertThatThrownBy(() -> panel.reportTransfer(PanelCases.SERVER, true)).isInstanceOf(ConflictException.class);
    }

    @Test
    void aBackupThatIsCompleteAlreadyIsComplete() {
        peer.answers(400, ALREADY);
        peer.answers(400, ALREADY);
        peer.answers(
                400, "{\"errors\":[{\"code\":\"x\",\"status\":\"400\",\"detail\":\"The size field is required.\"}]}");

        assertThatCode(() -> panel.reportBackup(PanelCases.BACKUP, PanelCases.UPLOADED))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> panel.reportBackup(PanelCases.BACKUP, BackupReport.failed()))
                .as("it cannot have failed then")
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> panel.reportBackup(PanelCases.BACKUP, PanelCases.UPLOADED))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void oneEntryThatThePanelRefusesDoesNotHoldUpTheOthers() {
        peer.server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                boolean poisoned = Peer.body(request).contains("server:poison");
                return Peer.answer(poisoned ? 400 : 200, "").build();
            }
        });
        var entries = new ArrayList<>(Collections.nCopies(149, PanelCases.CRASH.get(0)));
        entries.add(
                120,
                ActivityEntry.builder(PanelCases.SERVER, "server:poison", PanelCases.TIME)
                        .build());

        panel.reportActivity(entries);

        assertThat(taken()).isEqualTo(149);
    }

    @Test
    void aPanelThatTakesNoEntryAtAllIsNotAboutTheEntries() {
        peer.server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return Peer.answer(400, "malformed credentials").build();
            }
        });

        assertThatThrownBy(() -> panel.reportActivity(Collections.nCopies(4, PanelCases.CRASH.get(0))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("malformed credentials");
    }

    @Test
    void credentialsNeverFollowARedirect() throws IOException {
        try (var elsewhere = new Peer()) {
            for (int status : new int[] {301, 302, 303, 307, 308}) {
                peer.server.enqueue(Peer.answer(status, "<html>moved</html>")
                        .setHeader("Location", elsewhere.url().toString())
                        .build());
                assertThatThrownBy(() -> panel.configuration(PanelCases.SERVER))
                        .isInstanceOf(ProtocolException.class)
                        .hasMessageContaining("redirect to " + elsewhere.url());
                peer.server.enqueue(Peer.answer(status, "")
                        .setHeader("Location", elsewhere.url().toString())
                        .build());
                assertThatThrownBy(() -> panel.reportInstall(PanelCases.SERVER, new InstallReport(true, false)))
                        .isInstanceOf(ProtocolException.class);
            }
            assertThat(elsewhere.server.getRequestCount()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE html><html>log in</html>",
                "[]",
                "{}",
                "null",
                "{\"settings\":[],\"process_configuration\":[]}",
                "not found",
                ""
            })
    void anAnswerThatIsNoneIsNamed(String body) {
        peer.answers(200, body);

        assertThatThrownBy(() -> panel.configuration(PanelCases.SERVER))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("GET /api/remote/servers/{uuid}")
                .hasMessageNotContaining("html>");
    }

    @Test
    void aPageForPeopleHasTakenNoReport() {
        peer.answers(200, "\n<!DOCTYPE html><html>log in</html>");

        assertThatThrownBy(() -> panel.reportRestore(PanelCases.BACKUP, true))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("HTML");
    }

    @Test
    void anAnswerThatBreaksOffIsAskedForAgain() {
        peer.server.enqueue(Peer.answer(200, "{\"container_image\":\"i\",\"entrypoint\":\"b\",\"script\":\"s\"}")
                .onResponseBody(SocketEffect.ShutdownConnection.INSTANCE)
                .build());
        peer.answers(200, "{\"container_image\":\"i\",\"entrypoint\":\"b\",\"script\":\"s\"}");

        assertThat(panel.installScript(PanelCases.SERVER).script()).isEqualTo("s");
    }

    @Test
    void aSlowAnswerEndsWithTheDeadline() {
        peer.server.enqueue(Peer.answer(200, "{\"container_image\":\"image\"}")
                .throttleBody(1, 1, TimeUnit.SECONDS)
                .build());

        assertThatThrownBy(() ->
                        panel.with(CallOptions.deadline(Duration.ofMillis(500))).installScript(PanelCases.SERVER))
                .isInstanceOf(DeadlineException.class);
    }

    @Test
    void aHangingPanelEndsWithTheDeadline() {
        peer.server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());

        assertThatThrownBy(() ->
                        panel.with(CallOptions.deadline(Duration.ofMillis(500))).reset())
                .isInstanceOf(DeadlineException.class);
    }

    @Test
    void anEndlessAnswerIsNotReadIntoMemory() {
        var body = new Buffer();
        var chunk = new byte[1024 * 1024];
        for (int i = 0; i < 65; i++) {
            body.write(chunk);
        }
        peer.server.enqueue(
                new MockResponse.Builder().chunkedBody(body, chunk.length).build());

        assertThatThrownBy(() -> panel.servers(1, 50))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("more than");
    }

    @Test
    void noMessageTellsTheSecret() {
        peer.answers(403, "{\"error\":\"" + CREDENTIALS.token() + " is unknown\"}");

        assertThatThrownBy(() -> panel.configuration(PanelCases.SERVER))
                .hasMessageContaining("is unknown")
                .hasMessageNotContaining(CREDENTIALS.token());
    }

    private void breaksOff() {
        peer.server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.ShutdownConnection.INSTANCE)
                .build());
    }

    /** How many entries were in the batches that were taken. */
    private int taken() {
        int taken = 0;
        for (var request : requests()) {
            var body = Peer.body(request);
            if (!body.contains("server:poison")) {
                taken += body.split("server:crashed", -1).length - 1;
            }
        }
        return taken;
    }

    private List<RecordedRequest> requests() {
        var all = new ArrayList<RecordedRequest>();
        try {
            for (int i = peer.server.getRequestCount(); i > 0; i--) {
                all.add(peer.request());
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return all;
    }
}
