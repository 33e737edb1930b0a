import java.io.PrintWriter;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs test classes where there is no Maven; says how each test ended, and ends with 0 if all went well and none was left out. */
final class ProjectQuotaTests {

    private ProjectQuotaTests() {}

    public static void main(String[] classes) {
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(Stream.of(classes).map(DiscoverySelectors::selectClass).toList())
                .build();
        var summary = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, summary, new Printed());
        var result = summary.getSummary();
        result.printFailuresTo(new PrintWriter(System.out, true), 12);
        System.out.println(result.getTestsSucceededCount() + " passed, " + result.getTestsFailedCount() + " failed, "
                + result.getTestsSkippedCount() + " left out");
        boolean well = result.getTestsFailedCount() == 0
                && result.getTestsSucceededCount() > 0
                && result.getTestsSkippedCount() == 0
                && result.getContainersFailedCount() == 0
                && result.getContainersSkippedCount() == 0;
        System.exit(well ? 0 : 1);
    }

    private static final class Printed implements TestExecutionListener {

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest()) {
                System.out.println(result.getStatus() + " " + test.getLegacyReportingName());
            }
        }

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            System.out.println("LEFT OUT " + test.getDisplayName() + ": " + reason);
        }
    }
}
