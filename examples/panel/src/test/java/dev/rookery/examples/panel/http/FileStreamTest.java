package dev.rookery.examples.panel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.examples.panel.PanelClient;
import dev.rookery.examples.panel.StreamingNode;
import dev.rookery.examples.panel.TestPanel;
import dev.rookery.examples.panel.sql.Database;
import dev.rookery.testing.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files flow through the panel as fast as the slower side and in bounded memory. Over real sockets. */
class FileStreamTest {

    private static final long BIG = 96L * 1024 * 1024;
    /** What sockets and pieces may hold between the two sides; the panel itself holds 64 KiB. */
    private static final long BETWEEN = 64L * 1024 * 1024;

    private static final Duration LATER = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final StreamingNode files = new StreamingNode();
    private TestPanel panel;
    private PanelClient owner;
    private String content;

    @BeforeEach
    void start() {
        panel = TestPanel.start(Database.open(folder), files::over);
        panel.user("owner");
        owner = panel.client("owner");
        content = "/api/servers/" + panel.serverOf("owner") + "/files/content?path=/world/big%20file.dat";
        files.size = BIG;
    }

    @AfterEach
    void stop() {
        panel.close();
    }

    @Test
    void aSlowReaderHoldsTheNodeBack() throws IOException {
        var response = owner.open(content);
        assertThat(response.headers().firstValueAsLong("content-length")).hasValue(BIG);
        assertThat(response.headers().firstValue("content-disposition").orElse(""))
                .isEqualTo("attachment; filename*=UTF-8''big%20file.dat");
        assertThat(response.headers().firstValue("content-type").orElse("")).startsWith("application/octet-stream");
        try (var body = response.body()) {
            long read = body.readNBytes(1024).length;
            assertStandsStill(files.made);
            assertThat(files.made.get()).as("made while nobody read").isLessThan(BETWEEN);

            var sum = new CRC32();
            byte[] piece = new byte[64 * 1024];
            for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
                sum.update(piece, 0, count);
                read += count;
            }
            assertThat(read).isEqualTo(BIG);
            assertThat(sum.getValue()).isEqualTo(sumOf(1024));
        }
    }

    @Test
    void aSlowNodeHoldsTheWriterBack() {
        var sent = new AtomicLong();
        var upload = CompletableFuture.supplyAsync(() -> owner.upload(content, new Counted(sent), BIG));
        Eventually.holds("the node has begun", LATER, () -> files.taken.get() > 0);
        assertStandsStill(sent);
        assertThat(sent.get()).as("sent while the node did not read").isLessThan(BETWEEN);

        files.more.countDown();

        assertThat(upload.join().status()).isEqualTo(204);
        assertThat(files.taken.get()).isEqualTo(BIG);
        assertThat(files.written.getValue()).isEqualTo(sumOf(0));
    }

    @Test
    void aFileThatBreaksOffIsNotTakenForTheWhole() {
        files.breaksAfter = 4L * 1024 * 1024;
        for (boolean told : new boolean[] {true, false}) {
            files.sizeTold = told;

            assertThatThrownBy(() -> {
                        try (var body = owner.open(content).body()) {
                            body.transferTo(OutputStream.nullOutputStream());
                        }
                    })
                    .as("size told: %s", told)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void oneUserCannotTakeAllTransfers() throws IOException {
        var open = new ArrayList<InputStream>();
        for (int i = 0; i < 6; i++) {
            open.add(owner.open(content).body());
        }

        assertThat(owner.open(content).statusCode()).isEqualTo(429);
        assertThat(panel.admin().open(content).statusCode()).isEqualTo(200);

        for (var body : open) {
            body.close();
        }
        Eventually.holds("there is room again", LATER, () -> owner.open(content).statusCode() == 200);
    }

    private static void assertStandsStill(AtomicLong counter) {
        var before = new AtomicLong(-1);
        var same = new AtomicLong();
        Eventually.holds("it stands still", LATER, () -> {
            long now = counter.get();
            boolean still = before.getAndSet(now) == now && now > 0;
            return (still ? same.incrementAndGet() : same.updateAndGet(any -> 0)) >= 10;
        });
    }

    private static long sumOf(long from) {
        var sum = new CRC32();
        byte[] piece = new byte[64 * 1024];
        for (long place = from; place < BIG; ) {
            int count = (int) Math.min(piece.length, BIG - place);
            for (int i = 0; i < count; i++) {
                piece[i] = StreamingNode.at(place + i);
            }
            sum.update(piece, 0, count);
            place += count;
        }
        return sum.getValue();
    }

    /** The big file, counted while it is sent. */
    private static final class Counted extends InputStream {

        private final AtomicLong sent;

        Counted(AtomicLong sent) {
            this.sent = sent;
        }

        @Override
        public int read() {
            return sent.get() >= BIG ? -1 : StreamingNode.at(sent.getAndIncrement()) & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int count = (int) Math.min(length, BIG - sent.get());
            if (count <= 0) {
                return -1;
            }
            for (int i = 0; i < count; i++) {
                into[offset + i] = StreamingNode.at(sent.get() + i);
            }
            sent.addAndGet(count);
            return count;
        }
    }
}
