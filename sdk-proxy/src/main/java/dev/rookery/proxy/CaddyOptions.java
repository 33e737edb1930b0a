package dev.rookery.proxy;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How a Caddy is reached that will run what is made.
 *
 * @param admin where its administration listens: an address and a port of this machine, or {@code unix/} and a path; never a public one
 * @param revision which revision of the document it is; the proxy tells it to probes
 * @param prints what tells the certificates in files from earlier ones in the same files, by file: with another one, the same routes are another configuration,
 *     for which Caddy reads the files again
 */
public record CaddyOptions(String admin, long revision, Map<String, String> prints) {

    private static final Pattern ADMIN =
            Pattern.compile("(127\\.0\\.0\\.1|localhost|\\[::1]):\\d{1,5}|unix//[A-Za-z0-9_./-]{1,100}");

    /** Checks its arguments. */
    public CaddyOptions {
        requireNonNull(admin, "admin");
        if (!ADMIN.matcher(admin).matches()) {
            throw new InvalidInputException(
                    "admin: '" + admin + "' (expected: 127.0.0.1 and a port, or unix/ and an absolute path)");
        }
        if (revision < 0) {
            throw new InvalidInputException("revision: " + revision + " (expected: 0 or more)");
        }
        prints = Map.copyOf(prints);
    }

    /** Creates options for certificates that are not looked at. */
    public CaddyOptions(String admin, long revision) {
        this(admin, revision, Map.of());
    }

    /** Returns Caddy's usual place for this revision. */
    public static CaddyOptions usual(long revision) {
        return new CaddyOptions("127.0.0.1:2019", revision);
    }
}
