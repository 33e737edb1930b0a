package dev.rookery.daemon.config;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.config.ConfigurationException;
import dev.rookery.api.config.NodeConfigurationDocument;
import dev.rookery.daemon.DaemonOptions;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A {@code config.yml} with the keys of Wings. Immutable.
 *
 * <pre>{@code
 * var config = ConfigFile.read(Path.of("/etc/pelican/config.yml"));
 * var daemon = Daemon.builder(config.options(), panel).build();
 * }</pre>
 */
public final class ConfigFile {

    private final DaemonOptions options;
    private final Map<String, String> panelHeaders;
    private final List<UnusedKey> unusedKeys;

    private ConfigFile(DaemonOptions options, Map<String, String> panelHeaders, List<UnusedKey> unusedKeys) {
        this.options = options;
        this.panelHeaders = panelHeaders;
        this.unusedKeys = unusedKeys;
    }

    /**
     * Reads a file. {@code WINGS_TOKEN_ID} and {@code WINGS_TOKEN} of the environment win over the file.
     *
     * @throws ConfigurationException if it is missing, cannot be read, has an unknown key or a value of the wrong type or range
     */
    public static ConfigFile read(Path file) {
        return read(file, System.getenv());
    }

    /** Reads a file with an environment other than the process's. */
    public static ConfigFile read(Path file, Map<String, String> environment) {
        requireNonNull(environment, "environment");
        return parse(file.toString(), textOf(file), environment, false);
    }

    static ConfigFile parse(String file, String text, Map<String, String> environment, boolean tolerant) {
        var document = NodeConfigurationDocument.parse(file, text);
        if (document.isEmpty()) {
            throw new ConfigurationException(
                    file + ": empty (expected: at least uuid, token_id, token and remote)", null, null);
        }
        var unused = UsedKeys.unused(file, document, tolerant);
        try {
            return new ConfigFile(
                    new OptionsReader(document, file, environment).options(),
                    document.configuration().remote().customHeaders(),
                    unused);
        } catch (InvalidInputException e) {
            throw document.wrong(e);
        }
    }

    static String textOf(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new ConfigurationException(
                    file + ": there is no such file (write one with 'configure', or name another)", null, e);
        } catch (MalformedInputException e) {
            throw new ConfigurationException(file + ": not UTF-8", null, e);
        } catch (IOException e) {
            throw new ConfigurationException(file + ": cannot be read: " + e.getMessage(), null, e);
        }
    }

    /** Returns what the file says, with Pelican's defaults where it says nothing. */
    public DaemonOptions options() {
        return options;
    }

    /** Returns the headers to add to every call to the panel. */
    public Map<String, String> panelHeaders() {
        return panelHeaders;
    }

    /** Returns the keys in the file that Wings knows and this version does not use, in the order of the file. */
    public List<UnusedKey> unusedKeys() {
        return unusedKeys;
    }

    /**
     * A key without effect.
     *
     * @param key its parts joined by dots
     * @param line where it stands, from 1
     */
    public record UnusedKey(String key, int line) {

        /** Returns {@code key (line n)}. */
        @Override
        public String toString() {
            return key + " (line " + line + ")";
        }
    }
}
