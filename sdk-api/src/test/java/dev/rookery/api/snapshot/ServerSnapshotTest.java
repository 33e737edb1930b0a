package dev.rookery.api.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.node.ResourceUsage;
import dev.rookery.api.node.ServerDetails;
import dev.rookery.api.node.ServerState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server as each kind of node tells of it. Its configuration is the panel's own document. Source: node API §2.3. */
class ServerSnapshotTest {

    @ParameterizedTest
    @EnumSource(names = {"PELICAN", "PTERODACTYL", "CALAGOPUS"})
    void readsTheServerOfEveryDialect(Dialect dialect) {
        var server = WireJson.read(Snapshots.read(dialect, "server"), ServerDetails.class);

        assertThat(server.state()).isEqualTo(ServerState.RUNNING);
        assertThat(server.suspended()).isFalse();
        assertThat(server.utilization().memoryBytes()).isEqualTo(734_003_200);
        assertThat(server.utilization().diskIo().readBytes()).isEqualTo(dialect == Dialect.PELICAN ? 4096 : 0);
        assertThat(server.configuration().uuid()).isEqualTo(NodePayloads.SERVER);
        assertThat(server.configuration().build().oomKiller()).isTrue();
        assertThat(server.configuration().allocations().primary().port()).isEqualTo(25565);
    }

    @ParameterizedTest
    @EnumSource(names = {"PELICAN", "PTERODACTYL", "CALAGOPUS"})
    void whatWasReadSurvivesTheWire(Dialect dialect) {
        var server = WireJson.read(Snapshots.read(dialect, "server"), ServerDetails.class);

        assertThat(WireJson.read(WireJson.write(server), ServerDetails.class)).isEqualTo(server);
    }

    @Test
    void onlyTheConfigurationHasToBeThere() {
        var tree = (ObjectNode) Snapshots.tree(Dialect.PELICAN, "server");
        tree.remove("state");
        tree.putNull("utilization");
        tree.remove("is_suspended");
        var server = WireJson.read(Snapshots.compact(tree), ServerDetails.class);
        assertThat(server.state()).isEqualTo(ServerState.OFFLINE);
        assertThat(server.utilization()).isEqualTo(ResourceUsage.NONE);

        tree.remove("configuration");
        assertThatThrownBy(() -> WireJson.read(Snapshots.compact(tree), ServerDetails.class))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("configuration");
    }
}
