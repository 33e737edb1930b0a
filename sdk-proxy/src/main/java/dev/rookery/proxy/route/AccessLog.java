package dev.rookery.proxy.route;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * Notes each request.
 *
 * @param enabled whether it does
 * @param file where; empty is the engine's own log
 * @param rollMebibytes when a new file is begun
 * @param keep how many files
 */
public record AccessLog(
        @JsonProperty("enabled") boolean enabled,
        @JsonProperty("file") Optional<String> file,
        @JsonProperty("rollMebibytes") int rollMebibytes,
        @JsonProperty("keep") int keep) {

    /** Nothing is noted. */
    public static final AccessLog OFF = new AccessLog(false, Optional.empty(), 20, 5);

    /** Puts in what is left out. */
    public AccessLog {
        file = Values.optional(file);
        rollMebibytes = rollMebibytes == 0 ? 20 : rollMebibytes;
        keep = keep == 0 ? 5 : keep;
    }
}
