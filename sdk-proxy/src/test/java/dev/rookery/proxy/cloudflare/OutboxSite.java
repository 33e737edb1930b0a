package dev.rookery.proxy.cloudflare;

import dev.rookery.api.Json;
import dev.rookery.proxy.internal.cloudflare.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An outbox and the fake Cloudflare, with a clock that the test moves. */
abstract class OutboxSite {

    @TempDir
    Path folder;

    final MovableClock clock = new MovableClock();
    final List<CloudflareStatus> told = new ArrayList<>();
    String token = FakeCloudflare.TOKEN;
    FakeCloudflare cloudflare;
    CloudflareOutbox outbox;

    @BeforeEach
    void start() throws IOException {
        cloudflare = new FakeCloudflare();
        cloudflare.zone("example.net");
        cloudflare.zone("sub.example.net");
        cloudflare.zone("example.org");
        outbox = outbox(false);
    }

    @AfterEach
    void stop() {
        outbox.close();
        cloudflare.close();
    }

    CloudflareOutbox outbox(boolean repairs) {
        return CloudflareOutbox.builder(folder, "test")
                .secrets(secret -> token)
                .api(given -> CloudflareApi.builder(given)
                        .baseUrl(cloudflare.url())
                        .callStep(Duration.ZERO)
                        .retryBudget(Duration.ZERO)
                        .build())
                .clock(clock)
                .connectorLimit(Duration.ZERO)
                .repairDrift(repairs)
                .listener(told::add)
                .build();
    }

    CloudflareStatus status() {
        return outbox.states().get(0);
    }

    String tunnelId() {
        return outbox.plan("main").tunnel().orElseThrow().id();
    }

    List<String> rules() {
        Json config = cloudflare.tunnelNamed("rookery-main").orElseThrow().config;
        return Answer.of(config).all("ingress").stream()
                .map(rule -> rule.textOr("hostname", "") + " -> " + rule.textOr("service", ""))
                .toList();
    }
}
