package dev.rookery.panel.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.UnavailableException;
import dev.rookery.api.backup.BackupPart;
import dev.rookery.panel.spi.ObjectStore;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ObjectStorePlacesTest {

    private final CountDownLatch asked = new CountDownLatch(4);
    private final CountDownLatch answers = new CountDownLatch(1);
    private final ObjectStorePlaces places = new ObjectStorePlaces(new SilentStore());

    @Test
    void aStoreThatHangsHoldsNoMoreThanAFewAndLetsThemGoWhenItAnswers() throws Exception {
        var threads = Executors.newFixedThreadPool(4);
        try {
            for (int i = 0; i < 4; i++) {
                threads.execute(() -> places.delete("held"));
            }
            assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();

            assertThatThrownBy(() -> places.abort("key", "upload"))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("busy");
            assertThat(places.download("key", Duration.ofMinutes(1)))
                    .as("nobody is asked for it")
                    .hasPath("/key");

            answers.countDown();
            threads.shutdown();
            assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            places.abort("key", "upload");
        } finally {
            answers.countDown();
            threads.shutdownNow();
        }
    }

    private final class SilentStore implements ObjectStore {

        @Override
        public String begin(String key) {
            return key;
        }

        @Override
        public List<URI> sign(String key, String upload, int count, Duration validity) {
            return List.of();
        }

        @Override
        public void complete(String key, String upload, List<BackupPart> parts) {}

        @Override
        public void abort(String key, String upload) {}

        @Override
        public URI download(String key, Duration validity) {
            return URI.create("http://127.0.0.1/" + key);
        }

        @Override
        public void delete(String key) {
            asked.countDown();
            try {
                answers.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
