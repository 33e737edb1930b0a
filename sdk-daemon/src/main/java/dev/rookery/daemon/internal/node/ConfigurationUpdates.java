package dev.rookery.daemon.internal.node;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.config.ConfigurationException;
import dev.rookery.api.config.NodeConfigurationPatch;
import dev.rookery.api.token.RotatingCredentials;
import dev.rookery.daemon.DaemonLog;
import dev.rookery.daemon.DaemonOptions;
import dev.rookery.daemon.config.ConfigFile;
import dev.rookery.daemon.config.ConfigWriter;
import dev.rookery.daemon.internal.machine.SecretWords;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the file that a daemon is configured by, as its panel wishes. New credentials and {@code debug} take effect at once, the rest at
 * the next start. Thread-safe.
 */
public final class ConfigurationUpdates {

    /** How long what the panel knew the node by before is accepted: links that it made are good for minutes. */
    public static final Duration GRACE = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationUpdates.class);
    private static final Set<String> LIVE = Set.of("debug", "token", "token_id");

    private final Path file;
    private final Optional<RotatingCredentials> credentials;
    private final DaemonLog log;
    private final SecretWords secrets;

    // Guarded by this: what runs.
    private boolean debug;

    /**
     * Creates the updates of a file.
     *
     * @param options what the daemon runs with
     * @param credentials are exchanged when the panel says so
     * @param log is told of {@code debug}
     * @param secrets learns new tokens
     */
    public ConfigurationUpdates(
            Path file,
            DaemonOptions options,
            Optional<RotatingCredentials> credentials,
            DaemonLog log,
            SecretWords secrets) {
        this.file = file;
        this.debug = options.debug();
        this.credentials = credentials;
        this.log = log;
        this.secrets = secrets;
    }

    /** Returns whether the file takes changes at all; what a panel may not set stays as it is. */
    synchronized boolean apply(NodeConfigurationPatch patch) {
        try {
            var before = ConfigFile.read(file).options();
            var change = ConfigWriter.update(file, patch);
            change.ignored().forEach((key, reason) -> LOG.info("the panel's {} was left out: {}", key, reason));
            if (!change.applied().isEmpty()) {
                takeOver(before, ConfigFile.read(file).options(), change.applied());
            }
            return !change.applied().isEmpty() || !change.configuration().ignorePanelConfigUpdates();
        } catch (ConfigurationException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new UnavailableException("the configuration cannot be written: " + e.getMessage(), e);
        }
    }

    private void takeOver(DaemonOptions before, DaemonOptions after, List<String> applied) {
        after.credentials()
                .ifPresent(next -> credentials.ifPresent(known -> {
                    secrets.add(next.token());
                    if (!next.equals(known.get())) {
                        known.rotate(next, GRACE);
                        LOG.info(
                                "the panel has exchanged this node's token, the one before is accepted for {} more minutes",
                                GRACE.toMinutes());
                    }
                }));
        if (after.debug() != debug) {
            debug = after.debug();
            log.debug(debug);
            LOG.info("debug is {} now", debug ? "on" : "off");
        }
        var later = applied.stream().filter(key -> !LIVE.contains(key)).collect(Collectors.joining(", "));
        if (!later.isEmpty() && !plain(before).equals(plain(after))) {
            LOG.info("the panel has set {}: what is new of that takes effect at the next start", later);
        }
    }

    /** Returns the options without what needs no new start. */
    private static DaemonOptions plain(DaemonOptions options) {
        return DaemonOptions.builder(options.nodeUuid(), options.system().rootDirectory())
                .from(options)
                .credentials(Optional.empty())
                .debug(false)
                .build();
    }
}
