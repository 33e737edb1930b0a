package dev.rookery.examples.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the node keeps of its log for reports. */
class NodeLogTest {

    private static final String SECRET = "s3cret-".repeat(20);

    private final NodeLog log = NodeLog.install(NodeLog.Format.TEXT);

    private String last(String message) {
        LoggerFactory.getLogger(NodeLogTest.class).info(message);
        return log.lastLines(1).get(0);
    }

    @Test
    void keepsAnOrdinaryLineWhole() {
        assertThat(last("hello world")).endsWith("hello world");
    }

    @Test
    void cutsALongLineWithoutLeavingHalfASecret() {
        for (int before = 3900; before < 4096; before += 7) {
            var line = last("x".repeat(100) + " " + "y ".repeat((before - 100) / 2) + SECRET + " z".repeat(500));

            assertThat(line).hasSizeLessThan(4100).endsWith("...");
            assertThat(line.replace(SECRET, "")).doesNotContain("s3cret");
        }
    }

    @Test
    void boundsALineWithoutBlanks() {
        assertThat(last("x".repeat(100_000))).hasSizeLessThan(4100).endsWith("...");
    }
}
