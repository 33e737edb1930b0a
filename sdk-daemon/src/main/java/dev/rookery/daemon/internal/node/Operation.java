package dev.rookery.daemon.internal.node;

import dev.rookery.api.token.RotatingCredentials;
import dev.rookery.daemon.DaemonLog;
import dev.rookery.daemon.DaemonOptions;
import dev.rookery.daemon.internal.machine.HostReader;
import dev.rookery.daemon.internal.machine.SecretWords;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a node has beyond its servers. Immutable.
 *
 * @param options what can be set
 * @param updates changes the daemon's configuration; empty if it has no file
 * @param log where the program's log can be read
 * @param host the machine
 * @param secrets what must not leave the node
 */
public record Operation(
        DaemonOptions options,
        Optional<ConfigurationUpdates> updates,
        DaemonLog log,
        HostReader host,
        SecretWords secrets) {

    /**
     * Returns an operation on this machine.
     *
     * @param file what the options come from, if it can be changed
     * @param credentials what the panel knows the node by, if it does
     */
    public static Operation of(
            DaemonOptions options, Optional<Path> file, Optional<RotatingCredentials> credentials, DaemonLog log) {
        var secrets = new SecretWords();
        credentials.ifPresent(known -> secrets.add(known.get().token()));
        options.docker().registries().values().forEach(login -> secrets.add(login.password()));
        var updates = file.map(path -> new ConfigurationUpdates(path, options, credentials, log, secrets));
        return new Operation(options, updates, log, new HostReader(), secrets);
    }
}
