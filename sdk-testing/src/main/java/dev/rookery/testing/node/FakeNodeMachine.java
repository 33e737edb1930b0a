package dev.rookery.testing.node;

import dev.rookery.api.config.NodeConfigurationPatch;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.DiagnosticsRequest;
import dev.rookery.api.node.DockerDiskUsage;
import dev.rookery.api.node.ImagePruning;
import dev.rookery.api.node.MachineDetails;
import dev.rookery.api.node.NodeMachine;
import dev.rookery.api.node.Utilization;
import java.util.List;

/** A caller's view of the {@link FakeMachine}. */
final class FakeNodeMachine implements NodeMachine {

    private final FakeNode node;

    FakeNodeMachine(FakeNode node) {
        this.node = node;
    }

    @Override
    public MachineDetails details() {
        return machine(Capability.MACHINE_DETAILS).details();
    }

    @Override
    public Utilization utilization() {
        return machine(Capability.UTILIZATION).utilization();
    }

    @Override
    public List<String> ipAddresses() {
        return machine(Capability.IP_ADDRESSES).ipAddresses();
    }

    @Override
    public DockerDiskUsage dockerDiskUsage() {
        return machine(Capability.DOCKER_DISK).dockerDiskUsage();
    }

    @Override
    public ImagePruning pruneImages() {
        return machine(Capability.DOCKER_DISK).prune();
    }

    @Override
    public String diagnostics(DiagnosticsRequest request) {
        return machine(Capability.DIAGNOSTICS).diagnostics();
    }

    @Override
    public boolean updateConfiguration(NodeConfigurationPatch patch) {
        return machine(Capability.CONFIGURATION_UPDATE).update(patch);
    }

    private FakeMachine machine(Capability capability) {
        node.offered(capability);
        node.requirePanel();
        return node.shared().machine;
    }
}
