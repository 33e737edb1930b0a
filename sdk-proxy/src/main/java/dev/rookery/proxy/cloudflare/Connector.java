package dev.rookery.proxy.cloudflare;

import dev.rookery.api.Incubating;

/** A connector of a tunnel that was started: a process, a container, whatever a {@link ConnectorLauncher} starts. Thread-safe. */
@Incubating
public interface Connector extends AutoCloseable {

    /** Returns how it is. Asks it, for some seconds at most; one that does not answer is not ready. */
    ConnectorStatus status();

    /** Stops it: asks it to end, which gives requests on their way some time, and ends it if it takes too long. Closing twice has no effect. */
    @Override
    void close();
}
