package dev.rookery.daemon;

import dev.rookery.api.Incubating;

/** What servers run in, of what the daemon brings along. */
@Incubating
public enum ServerRuntime {

    /** Containers of a Docker engine. */
    DOCKER,

    /**
     * Child processes of this machine, for development: no engine is needed, images are not used, and a server has the network, the programs
     * and the resources of the machine. Each sees its files where a container would have them. Needs Linux and root.
     */
    PROCESS
}
