package dev.rookery.proxy.engine;

import dev.rookery.api.Incubating;
import java.io.IOException;

/** Ends an engine's process and starts it again with what it starts with, such as {@code systemctl restart caddy}. May block. */
@Incubating
@FunctionalInterface
public interface ProgramRestart {

    /**
     * Restarts it. Returns when it was started; it need not answer yet.
     *
     * @throws IOException if that failed
     * @throws InterruptedException if somebody wants this to end
     */
    void restart() throws IOException, InterruptedException;
}
