package dev.rookery.api.node;

import dev.rookery.api.NotOfferedException;
import dev.rookery.api.config.NodeConfigurationPatch;
import java.util.List;

/** The machine and the configuration of a node. Only for the panel itself. Thread-safe. */
public interface NodeMachine {

    /** Returns what the node says of its machine and its container engine. */
    default MachineDetails details() {
        throw new NotOfferedException(Capability.MACHINE_DETAILS);
    }

    /** Returns what the machine uses now. */
    default Utilization utilization() {
        throw new NotOfferedException(Capability.UTILIZATION);
    }

    /** Returns the machine's addresses, without those that only the machine itself can reach. */
    default List<String> ipAddresses() {
        throw new NotOfferedException(Capability.IP_ADDRESSES);
    }

    /** Returns the disk use of the container engine. */
    default DockerDiskUsage dockerDiskUsage() {
        throw new NotOfferedException(Capability.DOCKER_DISK);
    }

    /** Removes the images that no container uses. */
    default ImagePruning pruneImages() {
        throw new NotOfferedException(Capability.DOCKER_DISK);
    }

    /** Returns a report for people. */
    default String diagnostics(DiagnosticsRequest request) {
        throw new NotOfferedException(Capability.DIAGNOSTICS);
    }

    /**
     * Changes the node's configuration; what a node never takes from its panel stays as it is.
     *
     * @return whether the change was applied; false if the node takes no changes at all
     */
    default boolean updateConfiguration(NodeConfigurationPatch patch) {
        throw new NotOfferedException(Capability.CONFIGURATION_UPDATE);
    }
}
