package dev.rookery.proxy.cloudflare;

import static org.awaitility.Awaitility.await;

import dev.rookery.proxy.ProxyService;
import dev.rookery.proxy.apply.CloudReport;
import dev.rookery.proxy.apply.FileEngine;
import dev.rookery.proxy.apply.ProxyEvent;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.store.FileRouteStore;
import dev.rookery.proxy.store.StageState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A service with an engine of files and the fake Cloudflare. */
abstract class CloudflareServiceSetup {

    @TempDir
    Path folder;

    final List<ProxyEvent> events = new CopyOnWriteArrayList<>();
    FakeCloudflare cloudflare;

    @BeforeEach
    void start() throws IOException {
        cloudflare = new FakeCloudflare();
        cloudflare.zone("example.net");
    }

    @AfterEach
    void stop() {
        cloudflare.close();
    }

    final ProxyService service(String outbox) {
        return service(outbox, Duration.ofSeconds(1));
    }

    final ProxyService service(String outbox, Duration driftEvery) {
        var service = ProxyService.builder(FileRouteStore.open(folder.resolve("state")), engine())
                .cloud(new CloudflareSync(CloudflareOutbox.builder(folder.resolve(outbox), "test")
                        .secrets(secret -> FakeCloudflare.TOKEN)
                        .api(token ->
                                cloudflare.api().retryBudget(Duration.ZERO).build())
                        .driftEvery(driftEvery)
                        .build()))
                .build();
        service.addListener(events::add);
        return service;
    }

    final FileEngine engine() {
        return new FileEngine(folder);
    }

    static ProxyDocument tunnel(String host) {
        return Wanted.main().listener(8080).tunnel(host).document();
    }

    static boolean change(ProxyService service, ProxyDocument document) {
        return service.change("anna", "a test", present -> document).applied();
    }

    static boolean change(ProxyService service, UnaryOperator<ProxyDocument> edit) {
        return service.change("anna", "a test", edit).applied();
    }

    static StageState.Outcome cloud(ProxyService service) {
        return service.state().cloud().map(StageState::outcome).orElse(StageState.Outcome.UNKNOWN);
    }

    final List<CloudReport.State> told() {
        return events.stream()
                .filter(ProxyEvent.CloudTold.class::isInstance)
                .map(event -> ((ProxyEvent.CloudTold) event).report().state())
                .toList();
    }

    static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(30)).until(condition);
    }
}
