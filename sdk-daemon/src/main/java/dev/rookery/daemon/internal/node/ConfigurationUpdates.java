package dev.rookery.daemon.internal.node;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.config.ConfigurationException;
import dev.rookery.api.config.NodeConfigurationPatch;
import dev.rookery.daemon.config.ConfigWriter;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes the file that a daemon is configured by, as its panel wishes; it takes effect at the next start. Thread-safe. */
public final class ConfigurationUpdates {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationUpdates.class);

    private final Path file;

    /** Creates the updates of a file. */
    public ConfigurationUpdates(Path file) {
        this.file = file;
    }

    /** Returns whether the file takes changes at all; what a panel may not set stays as it is. */
    synchronized boolean apply(NodeConfigurationPatch patch) {
        try {
            var change = ConfigWriter.update(file, patch);
            change.ignored().forEach((key, reason) -> LOG.info("the panel's {} was left out: {}", key, reason));
            return !change.applied().isEmpty() || !change.configuration().ignorePanelConfigUpdates();
        } catch (ConfigurationException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new UnavailableException("the configuration cannot be written: " + e.getMessage(), e);
        }
    }
}
