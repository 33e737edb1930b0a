package dev.rookery.build.tiers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

class TiersTest {
    @TempDir
    Path folder;

    @Test
    void leavesOutByNameWhatNeedsAMissingPart() throws IOException {
        TestExecutionSummary result = run(MissingEngine.class);

        assertThat(result.getTestsSucceededCount()).isEqualTo(1);
        assertThat(result.getTestsSkippedCount()).isEqualTo(1);
        assertThat(Files.readString(leftOut()))
                .contains("TiersTest$MissingEngine.needsTheEngine\tneeds docker: none here\n")
                .doesNotContain("needsNothing");
    }

    @Test
    void failsWhatNeedsAMissingPartWhenTheBuildMustBeComplete() {
        TestExecutionSummary result = run(MissingEngineInCompleteBuild.class);

        assertThat(result.getTestsFailedCount()).isEqualTo(1);
        assertThat(result.getFailures().get(0).getException())
                .rootCause()
                .hasMessageContaining("needs docker")
                .hasMessageContaining("ROOKERY_REQUIRE_ALL=1");
    }

    @Test
    void doesNotAskForLongTiersInACompleteBuild() {
        TestExecutionSummary result = run(LongTierInCompleteBuild.class);

        assertThat(result.getTestsFailedCount()).isZero();
        assertThat(result.getTestsSkippedCount()).isEqualTo(1);
    }

    @Test
    void namesTestsThatGaveUp() throws IOException {
        run(GivesUp.class);

        assertThat(Files.readString(leftOut()))
                .contains("TiersTest$GivesUp.gaveUp")
                .contains("no tun device");
    }

    @Test
    void summaryCountsWhatRanAndGroupsWhatDidNotByReason() throws IOException {
        Path target = Files.createDirectories(folder.resolve("sdk-x/target/surefire-reports"));
        Files.writeString(
                target.resolve("TEST-a.xml"), "<testsuite tests=\"5\" skipped=\"2\" failures=\"0\" errors=\"1\"/>");
        Files.writeString(
                target.resolveSibling("left-out.txt"), "ATest.b\tneeds docker: none\nATest.c\tneeds docker: none\n");

        assertThat(Summary.of(folder))
                .containsPattern("sdk-x +3 {2}\\(1 failed\\)")
                .contains("  needs docker: none\n    sdk-x: ATest.b\n    sdk-x: ATest.c\n");
    }

    @Test
    void summaryTellsWhatASubjectDoesNotOfferFromWhatWasLeftOut() throws IOException {
        Path target = Files.createDirectories(folder.resolve("sdk-x/target"));
        Files.writeString(target.resolve("left-out.txt"), "ATest.b\tnot offered: LOGS\n");

        assertThat(Summary.of(folder)).contains("  not offered: LOGS\n    sdk-x: ATest.b\nNothing was left out.\n");
    }

    @Test
    void saysWhichEngineDoesNotAnswer() {
        String host = "unix://" + folder.resolve("no.sock");

        assertThat(EngineProbe.missing(host))
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("no container engine at " + host));
    }

    @Test
    void findsAnEngineThatAnswers() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread engine = new Thread(() -> answer(server));
            engine.start();

            assertThat(EngineProbe.missing("tcp://127.0.0.1:" + server.getLocalPort()))
                    .isEmpty();
            engine.join();
        }
    }

    private static void answer(ServerSocket server) {
        try (Socket socket = server.accept();
                OutputStream out = socket.getOutputStream()) {
            socket.getInputStream().read(new byte[1024]);
            out.write("HTTP/1.0 200 OK\r\n\r\nOK".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path leftOut() {
        return folder.resolve("left-out.txt");
    }

    private TestExecutionSummary run(Class<?> tests) {
        SummaryGeneratingListener result = new SummaryGeneratingListener();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(tests))
                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "false")
                .build();
        LauncherConfig config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .build();
        LauncherFactory.create(config).execute(request, new LeftOutListener(leftOut()), result);
        return result.getSummary();
    }

    static class MissingEngine {
        @RegisterExtension
        static final MissingPartCondition CONDITION = new MissingPartCondition(part -> Optional.of("none here"), false);

        @Test
        @Tag("docker")
        void needsTheEngine() {
            throw new AssertionError("must not run");
        }

        @Test
        void needsNothing() {}
    }

    static class MissingEngineInCompleteBuild {
        @RegisterExtension
        static final MissingPartCondition CONDITION = new MissingPartCondition(part -> Optional.of("none here"), true);

        @Test
        @Tag("docker")
        void needsTheEngine() {}
    }

    static class LongTierInCompleteBuild {
        @RegisterExtension
        static final MissingPartCondition CONDITION = new MissingPartCondition(part -> Optional.of("not asked"), true);

        @Test
        @Tag("soak")
        void takesHours() {}
    }

    static class GivesUp {
        @Test
        void gaveUp() {
            Assumptions.abort("no tun device");
        }
    }
}
