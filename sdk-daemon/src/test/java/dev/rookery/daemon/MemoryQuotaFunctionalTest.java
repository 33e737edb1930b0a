package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.spi.DiskQuotas.Amount;
import dev.rookery.api.spi.DiskQuotasProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits that are kept in memory: what the node makes of them, and of their failures. */
class MemoryQuotaFunctionalTest extends DiskQuotaFunctional {

    @TempDir
    Path folder;

    private final MemoryQuotas quotas = new MemoryQuotas();

    @Override
    Path folder() {
        return folder;
    }

    @Override
    DiskQuotasProvider provider() {
        return directory -> quotas;
    }

    @Test
    void doesNotStartWhereNobodyKeepsLimits() {
        assertThatThrownBy(() -> start(Optional.of(directory -> {
                    throw new IOException("no quotas here (expected: some)");
                })))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("system.quotas.enabled")
                .hasMessageContaining("no quotas here (expected: some)");
        start();
        create(4);
    }

    @Test
    void aServerWhoseLimitNobodyKeepsDoesNotStartAndIsNotWrittenTo() {
        start();
        create(4);
        quotas.broken = "the disk is odd";
        var console = new RecordingConsole();
        server().console(ConsoleOptions.live(), console);
        assertThatThrownBy(() -> server().files().write("a", random(1))).hasMessageContaining("the disk is odd");
        server().power(PowerAction.START);
        await().until(() -> console.of(ConsoleEvent.DaemonMessage.class)
                .anyMatch(said -> said.text().contains("the disk is odd")));
        await().until(() -> server().details().state().equals(ServerState.OFFLINE));
        assertThat(environment.started).isEmpty();
        quotas.broken = "";
        server().power(PowerAction.START);
        await().until(() -> environment.started.contains(id.toString()));
    }

    @Test
    void aProjectThatSomebodyElseUsesIsLeftToHim() throws IOException {
        start();
        create(4);
        server().files().write("a", random(1));
        int project = project();
        quotas.limit(project + 1, Amount.ofBytes(1));
        server().delete();
        await().until(() -> daemon.node().servers().isEmpty());
        create(4);
        server().files().write("a", random(1));
        assertThat(project()).isEqualTo(project + 2);
        assertThat(quotas.limits(project + 1)).isEqualTo(Amount.ofBytes(1));
    }

    @Test
    void aServerThatTakesMuchMoreThanItMayIsStopped() throws IOException {
        start();
        running(4);
        server().files().write("a", random(3 * MEBIBYTE));
        define(1);
        server().sync();
        await().until(() -> server().details().state().equals(ServerState.STOPPING));
    }
}
