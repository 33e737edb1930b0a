package dev.rookery.examples.panel.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.examples.panel.LocalEngine;
import dev.rookery.examples.panel.sql.Database;
import dev.rookery.examples.panel.sql.SqlRouteStore;
import dev.rookery.panel.InMemoryPanelStore;
import dev.rookery.proxy.cloudflare.FakeCloudflare;
import dev.rookery.proxy.cloudflare.MovableClock;
import dev.rookery.proxy.cloudflare.SyncOptions;
import dev.rookery.proxy.route.CloudflareBinding;
import dev.rookery.proxy.route.ProxyDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The token of an account that was removed: as long as Cloudflare has something of it, and no longer. */
class ForgottenTokensTest {

    private static final Duration A_WHILE = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock();
    private FakeCloudflare cloudflare;
    private Database database;
    private PanelProxy proxy;

    @BeforeEach
    void open() throws IOException {
        cloudflare = new FakeCloudflare();
        database = Database.open(folder.resolve("data"));
        var options = new ProxyOptions(
                LocalEngine.away(), List.of(), "panel", folder.resolve("proxy"), Optional.empty(), cloudflare.url());
        proxy = new PanelProxy(options, new SqlRouteStore(database), Optional.empty(), new InMemoryPanelStore(), clock);
    }

    @AfterEach
    void close() {
        proxy.close();
        database.close();
        cloudflare.close();
    }

    @Test
    void staysUntilWhatTheBindingHadAtCloudflareIsGone() {
        var document = save();
        proxy.cloudflare().want(1, document);
        proxy.cloudflare().sync("main", SyncOptions.USUAL);
        remove();
        proxy.cloudflare().want(2, ProxyDocument.EMPTY);
        later();
        assertThat(token()).as("it is cleaned up with it").exists();

        proxy.cloudflare().sync("main", SyncOptions.USUAL);
        assertThat(proxy.cloudflare().states()).isEmpty();
        proxy.look();
        assertThat(token()).as("not at once").exists();
        later();
        assertThat(token()).doesNotExist();
    }

    @Test
    void staysWhileItsBindingIsThereOrSomethingElseNamesItsFile() {
        var document = save();
        later();
        assertThat(token()).exists();

        var other = CloudflareBinding.builder(
                        "other",
                        FakeCloudflare.ACCOUNT,
                        document.cloudflare().get(0).token())
                .build();
        proxy.service()
                .change(
                        "test",
                        "other",
                        present -> ProxyDocument.builder().addCloudflare(other).build());
        later();
        assertThat(token()).exists();
    }

    @Test
    void isForgottenIfItsBindingWasNeverSaved() {
        proxy.tokens().keep("main", FakeCloudflare.TOKEN);
        proxy.look();
        assertThat(token()).as("it may be about to be").exists();
        later();
        assertThat(token()).doesNotExist();
    }

    private ProxyDocument save() {
        var binding = CloudflareBinding.builder(
                        "main", FakeCloudflare.ACCOUNT, proxy.tokens().keep("main", FakeCloudflare.TOKEN))
                .build();
        var document = ProxyDocument.builder().addCloudflare(binding).build();
        proxy.service().change("test", "binding", present -> document);
        return document;
    }

    private void remove() {
        proxy.service().change("test", "removed", present -> ProxyDocument.EMPTY);
    }

    /** It looks, and looks again after a while. */
    private void later() {
        proxy.look();
        clock.advance(A_WHILE);
        proxy.look();
    }

    private Path token() {
        var file = folder.resolve("proxy/secrets/main.token");
        assertThat(Files.isDirectory(file.getParent())).isTrue();
        return file;
    }
}
