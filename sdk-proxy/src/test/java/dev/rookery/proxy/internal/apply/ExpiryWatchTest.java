package dev.rookery.proxy.internal.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.apply.FileEngine;
import dev.rookery.proxy.internal.certificate.MadeCertificate;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.TlsPolicy;
import dev.rookery.proxy.store.FileRouteStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpiryWatchTest {

    @TempDir
    Path folder;

    @Test
    void noticesThatSomebodyElseRenewedAFile() throws Exception {
        var files = MadeCertificate.of("one", "EC", "a.example.net").into(folder.resolve("own"));
        var document = ProxyDocument.builder()
                .addTlsPolicies(TlsPolicy.of("own", files))
                .build();
        try (var store = FileRouteStore.open(folder.resolve("state"))) {
            var watch = new ExpiryWatch(
                    store, new FileEngine(folder), Optional.empty(), Set.of(), Clock.systemUTC(), new Events());
            assertThat(watch.look(document)).as("the first look").isFalse();
            assertThat(watch.look(document)).isFalse();

            MadeCertificate.of("other", "EC", "a.example.net").into(folder.resolve("own"));

            assertThat(watch.look(document)).isTrue();
            assertThat(watch.look(document)).isFalse();
            Files.delete(Path.of(files.certificate()));
            assertThat(watch.look(document)).isTrue();
        }
    }
}
