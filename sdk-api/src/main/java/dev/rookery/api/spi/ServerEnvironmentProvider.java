package dev.rookery.api.spi;

/** Makes the environment of one daemon. */
@FunctionalInterface
public interface ServerEnvironmentProvider {

    /**
     * Makes an environment; asks nobody anything yet. The daemon closes it.
     *
     * @param context what the daemon lends
     */
    ServerEnvironment create(EnvironmentContext context);
}
