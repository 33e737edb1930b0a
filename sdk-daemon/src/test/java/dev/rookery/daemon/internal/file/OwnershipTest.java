package dev.rookery.daemon.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.CancelSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only root may give files away. */
@Tag("root")
class OwnershipTest {

    private static final int SOMEBODY = 988;

    @TempDir
    Path folder;

    @Test
    void givesAwayTheRootAndAllBelowItButNothingThatLinksLeadTo() throws IOException {
        var root = Files.createDirectories(folder.resolve("volume"));
        var file =
                Files.writeString(Files.createDirectories(root.resolve("a/b")).resolve("file"), "x");
        var outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(outside.resolve("file"), "host");
        Files.createSymbolicLink(root.resolve("link"), outside);

        Ownership.of(SOMEBODY, SOMEBODY).setAll(root, CancelSignal.create());

        assertThat(owner(root)).isEqualTo(SOMEBODY);
        assertThat(owner(root.resolve("a"))).isEqualTo(SOMEBODY);
        assertThat(owner(file)).isEqualTo(SOMEBODY);
        assertThat(owner(root.resolve("link"))).isEqualTo(SOMEBODY);
        assertThat(owner(outside)).isZero();
        assertThat(owner(outside.resolve("file"))).isZero();
    }

    private static int owner(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }
}
