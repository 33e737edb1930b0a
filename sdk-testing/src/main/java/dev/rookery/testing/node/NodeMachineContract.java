package dev.rookery.testing.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.DeniedException;
import dev.rookery.api.Patch;
import dev.rookery.api.config.NodeConfigurationPatch;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.DiagnosticsRequest;
import dev.rookery.api.permission.Permission;
import dev.rookery.testing.Offered;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/** What a node says of its machine, and how it takes changes of its configuration. */
public abstract class NodeMachineContract extends ContractFixture {

    /** Creates the contract's instance of one test. */
    protected NodeMachineContract() {}

    @Test
    void tellsMachineAndEngine() {
        assumeOffered(Capability.MACHINE_DETAILS);

        var details = node().machine().details();

        assertThat(details.version()).isNotEmpty();
        assertThat(details.system().cpuThreads()).isPositive();
        assertThat(details.system().memoryBytes()).isPositive();
        assertThat(details.system().osType()).isEqualTo("linux");
        assertThat(details.docker().version()).isNotEmpty();
        var containers = details.docker().containers();
        assertThat(containers.total()).isGreaterThanOrEqualTo(containers.running());
    }

    @Test
    void tellsWhatTheMachineUses() {
        assumeOffered(Capability.UTILIZATION);

        var utilization = node().machine().utilization();

        assertThat(utilization.memoryTotalBytes()).isPositive();
        assertThat(utilization.memoryUsedBytes()).isBetween(0L, utilization.memoryTotalBytes());
        assertThat(utilization.diskTotalBytes()).isPositive();
        assertThat(utilization.diskUsedBytes()).isBetween(0L, utilization.diskTotalBytes());
        assertThat(utilization.cpuPercent()).isBetween(0.0, 100.0);
        assertThat(utilization.loadAverage1()).isNotNegative();
    }

    @Test
    void tellsAddressesThatOthersReach() throws UnknownHostException {
        assumeOffered(Capability.IP_ADDRESSES);

        for (var address : node().machine().ipAddresses()) {
            // A literal is not looked up.
            assertThat(address).matches("[0-9a-fA-F.:]+");
            assertThat(InetAddress.getByName(address).isLoopbackAddress()).isFalse();
            assertThat(InetAddress.getByName(address).isLinkLocalAddress()).isFalse();
        }
    }

    @Test
    void tellsTheDiskUseOfTheEngine() {
        assumeOffered(Capability.DOCKER_DISK);

        var usage = node().machine().dockerDiskUsage();

        assertThat(usage.images()).isGreaterThanOrEqualTo(usage.imagesActive());
        assertThat(usage.imagesBytes()).isNotNegative();
        assertThat(usage.containersBytes()).isNotNegative();
    }

    @Test
    void removesUnusedImages() {
        assumeOffered(Capability.DOCKER_DISK);
        Offered.assumeAskable(subject().prunable(), "the images of this machine are left alone");

        var pruning = node().machine().pruneImages();

        assertThat(pruning.reclaimedBytes()).isNotNegative();
    }

    @Test
    void writesAReportForPeople() {
        assumeOffered(Capability.DIAGNOSTICS);

        assertThat(node().machine().diagnostics(new DiagnosticsRequest(false, false, 1)))
                .isNotBlank();
    }

    @Test
    void takesAChangeOfItsConfigurationOrSaysThatItDoesNot() {
        assumeOffered(Capability.CONFIGURATION_UPDATE);
        panel();

        boolean applied = node().machine()
                .updateConfiguration(
                        NodeConfigurationPatch.builder().debug(Patch.of(false)).build());

        assertThat(applied).isIn(true, false);
        assertThat(node().system().cpuCount()).isPositive();
    }

    @Test
    void tellsUsersNothing() {
        var machine = asUser(Permission.CONNECT).machine();

        if (node().capabilities().contains(Capability.MACHINE_DETAILS)) {
            assertThatThrownBy(machine::details).isInstanceOf(DeniedException.class);
        }
        if (node().capabilities().contains(Capability.UTILIZATION)) {
            assertThatThrownBy(machine::utilization).isInstanceOf(DeniedException.class);
        }
        if (node().capabilities().contains(Capability.CONFIGURATION_UPDATE)) {
            assertThatThrownBy(() -> machine.updateConfiguration(
                            NodeConfigurationPatch.builder().build()))
                    .isInstanceOf(DeniedException.class);
        }
    }
}
