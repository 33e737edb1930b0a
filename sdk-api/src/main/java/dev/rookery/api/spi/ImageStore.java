package dev.rookery.api.spi;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.node.DockerDiskUsage;
import dev.rookery.api.node.ImagePruning;
import dev.rookery.api.node.MachineDetails;

/** The images that an environment keeps on this machine. Thread-safe. */
public interface ImageStore {

    /** Returns how much disk space images, processes and caches take. */
    DockerDiskUsage diskUsage(CancelSignal cancel);

    /** Removes the images that no process uses. */
    ImagePruning prune(CancelSignal cancel);

    /** Returns what the engine says of itself. */
    MachineDetails.Docker engine(CancelSignal cancel);
}
