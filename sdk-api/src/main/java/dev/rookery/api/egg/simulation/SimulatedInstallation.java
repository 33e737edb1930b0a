package dev.rookery.api.egg.simulation;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The container that installs a server: the server's files are at {@code /mnt/server} there.
 *
 * @param image its image
 * @param command what runs in it
 * @param script the script, with the line ends that it is run with
 * @param environment the variables that it sees
 */
@Incubating
public record SimulatedInstallation(
        String image, List<String> command, String script, Map<String, String> environment) {

    /** Copies the collections. */
    public SimulatedInstallation {
        requireNonNull(image, "image");
        command = List.copyOf(command);
        requireNonNull(script, "script");
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /** Shows no values of variables: they may be secrets. */
    @Override
    public String toString() {
        return "SimulatedInstallation[" + image + ", " + command + "]";
    }
}
