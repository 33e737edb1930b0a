package dev.rookery.daemon.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.RookeryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {

    private static final FileOpening CREATE = new FileOpening(false, true, false, true, false, true, 0644);

    @TempDir
    Path root;

    /** What is created and then exchanged for a link is refused; it was left open for good. */
    @Test
    void leavesNothingOpenOfWhatIsExchangedWhileItIsCreated() throws Exception {
        var volume = new Volume(root, Denylist.of(List.of()), Ownership.of(root), DiskSpace.unlimited());
        var tree = new FileTree(new Everything(volume), CancelSignal.create());
        var over = new AtomicBoolean();
        var exchanging = new Thread(() -> {
            while (!over.get()) {
                try {
                    var link = Files.createSymbolicLink(root.resolve("link"), Path.of("elsewhere"));
                    Files.move(link, root.resolve("file"), StandardCopyOption.ATOMIC_MOVE);
                    Files.delete(root.resolve("file"));
                } catch (IOException ignored) {
                    // Somebody else was first.
                }
            }
        });
        exchanging.start();
        int refused = 0;
        long until = System.nanoTime() + 2_000_000_000L;
        while (System.nanoTime() < until) {
            try {
                tree.open("file", CREATE).close();
            } catch (IOException | RookeryException e) {
                refused++;
            }
        }
        over.set(true);
        exchanging.join();
        assertThat(refused).isPositive();
        assertThat(descriptors()).isZero();
    }

    /** Returns how many are of this test's files: other tests run beside it. */
    private long descriptors() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(this::leadsHere).count();
        }
    }

    private boolean leadsHere(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).startsWith(root);
        } catch (IOException ignored) {
            // Closed meanwhile.
            return false;
        }
    }
}
