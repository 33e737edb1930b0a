package dev.rookery.daemon.internal.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.spi.DiskQuotas.Amount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The two calls of the kernel, on the file system that {@code ROOKERY_PROJECT_QUOTAS} names a folder of. */
@Tag("root")
@Tag("project-quotas")
class QuotaCallsTest {

    private static final int PROJECT = 0x7ABCDEF0;

    @Test
    void theCallOfOlderKernelsDoesTheSame() throws IOException {
        var directory = Path.of(System.getenv("ROOKERY_PROJECT_QUOTAS"));
        var device = Files.getFileStore(directory).name();
        var older = new ProjectQuotas(directory, device, true);
        var newer = new ProjectQuotas(directory, "/dev/none", false);
        assertThat(older.state()).isEqualTo(newer.state());
        older.limit(PROJECT, Amount.ofBytes(1 << 20));
        assertThat(newer.limits(PROJECT)).isEqualTo(Amount.ofBytes(1 << 20));
        newer.limit(PROJECT, new Amount(1 << 21, 5));
        assertThat(older.limits(PROJECT)).isEqualTo(new Amount(1 << 21, 5));
        assertThat(older.usage(PROJECT)).isEqualTo(Amount.NONE);
        older.limit(PROJECT, Amount.NONE);
    }
}
