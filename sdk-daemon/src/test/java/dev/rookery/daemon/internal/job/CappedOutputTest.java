package dev.rookery.daemon.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CappedOutputTest {

    @Test
    void dropsWhatIsTooMuchAndSaysSoOnce() throws IOException {
        var target = new ByteArrayOutputStream();
        try (var out = new PrintStream(new CappedOutput(target, 100), true, StandardCharsets.UTF_8)) {
            for (int i = 0; i < 1000; i++) {
                out.println("line " + i);
            }
        }

        var text = target.toString(StandardCharsets.UTF_8);
        assertThat(text)
                .startsWith("line 0\nline 1\n")
                .containsOnlyOnce("more than 100 bytes")
                .hasSizeLessThan(200);
    }
}
