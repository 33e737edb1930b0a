package dev.rookery.proxy.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.cloudflare.CloudflareStatus.State;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Cloudflare does not answer, or does not take the token. */
class CloudflareOutageTest extends OutboxSite {

    @Test
    void waitsAndTriesAgainWhenCloudflareIsAway() {
        outbox.want(1, Wanted.main().tunnel("a.example.net").document());
        cloudflare.faults(call -> FakeFault.FAILED);
        outbox.runDue();

        assertThat(status().state()).isEqualTo(State.WAITING);
        assertThat(status().error())
                .hasValueSatisfying(error -> assertThat(error).contains("502"));
        outbox.runDue();
        assertThat(status().attempts()).isEqualTo(1);
        cloudflare.calm();
        clock.advance(Duration.ofSeconds(8));
        outbox.runDue();
        assertThat(status().state()).isEqualTo(State.DONE);
        assertThat(status().doneRevision()).hasValue(1);
    }

    @Test
    void pausesUntilThereIsAnotherToken() throws IOException {
        outbox.want(1, Wanted.main().tunnel("a.example.net").document());
        token = "a-wrong-token-canary";
        outbox.runDue();
        assertThat(status().state()).isEqualTo(State.PAUSED);
        cloudflare.calls();
        clock.advance(Duration.ofDays(1));
        outbox.runDue();
        assertThat(cloudflare.calls()).isEmpty();

        token = FakeCloudflare.TOKEN;
        outbox.runDue();

        assertThat(status().state()).isEqualTo(State.DONE);
        assertThat(told.toString()).doesNotContain(FakeCloudflare.TOKEN).doesNotContain("a-wrong-token-canary");
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                assertThat(Files.readString(file))
                        .doesNotContain(FakeCloudflare.TOKEN)
                        .doesNotContain("a-wrong-token-canary");
            }
        }
    }
}
