package dev.rookery.daemon.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfSignedTest {

    @TempDir
    Path root;

    @Test
    void isMadeOnceAndForItsOwnerAlone() throws IOException {
        var made = SelfSigned.in(root.resolve("node/tls"), List.of("192.0.2.1", "2001:db8::1"), Clock.systemUTC());
        var again = SelfSigned.in(root.resolve("node/tls"), List.of("192.0.2.2"), Clock.systemUTC());

        assertThat(again).isEqualTo(made);
        assertThat(made.sha256()).matches("[0-9a-f]{64}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.key())))
                .isEqualTo("rw-------");
        for (var directory : List.of("node", "node/tls")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(directory))))
                    .as(directory)
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void isMadeAgainOnceItHasExpired() throws IOException {
        var made = SelfSigned.in(root, List.of(), Clock.systemUTC());
        var later = Clock.offset(Clock.systemUTC(), Duration.ofDays(3651));

        assertThat(SelfSigned.in(root, List.of(), later).sha256()).isNotEqualTo(made.sha256());
    }

    @Test
    void isMadeAgainWhereHalfOfItIsGone() throws IOException {
        var made = SelfSigned.in(root, List.of(), Clock.systemUTC());
        Files.delete(made.key());

        assertThat(SelfSigned.in(root, List.of(), Clock.systemUTC()).sha256()).isNotEqualTo(made.sha256());
    }
}
