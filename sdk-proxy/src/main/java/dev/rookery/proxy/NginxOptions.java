package dev.rookery.proxy;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.immutables.value.Value;

/**
 * The machine on which an nginx will run what is made.
 *
 * @param revision which revision of the document it is; the proxy tells it to probes
 * @param ipv6 whether the machine has it, so that every address is listened on with both
 * @param user whose rights its workers have; empty are those of who starts it, or nobody's
 * @param streamModule the file of its module for connections, where that is not built in
 * @param resolvers DNS servers that are asked for upstreams that have names
 * @param certificates the folder in which certbot keeps those that are in use, each in a folder of its name
 * @param challenges the folder in which certbot proves names
 * @param issued the names of the folders that are there: one that is missing would keep the whole configuration from being read
 * @param prints what tells the certificates in files from earlier ones in the same files: with another one, the same routes are another configuration,
 *     which has to be read anew
 */
@Value.Builder
public record NginxOptions(
        long revision,
        boolean ipv6,
        Optional<String> user,
        Optional<String> streamModule,
        List<String> resolvers,
        String certificates,
        String challenges,
        Set<String> issued,
        Map<String, String> prints) {

    private static final Pattern FILE = Pattern.compile("/[A-Za-z0-9_./-]{1,200}");
    private static final Pattern USER = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");
    private static final Pattern RESOLVER =
            Pattern.compile("[0-9.]{7,15}(:\\d{1,5})?|\\[[0-9a-f:.]{2,45}](:\\d{1,5})?");
    private static final Pattern ISSUED = Pattern.compile("[A-Za-z0-9_.*-]{1,255}");

    /** Checks its arguments. */
    public NginxOptions {
        requireNonNull(user, "user");
        requireNonNull(streamModule, "streamModule");
        resolvers = List.copyOf(resolvers);
        issued = Set.copyOf(issued);
        prints = Map.copyOf(prints);
        if (revision < 0) {
            throw new InvalidInputException("revision: " + revision + " (expected: 0 or more)");
        }
        require(FILE, "certificates", certificates, "an absolute path");
        require(FILE, "challenges", challenges, "an absolute path");
        streamModule.ifPresent(file -> require(FILE, "streamModule", file, "an absolute path"));
        user.ifPresent(name -> require(USER, "user", name, "the name of one"));
        resolvers.forEach(address -> require(RESOLVER, "resolvers", address, "an address, of IPv6 in brackets"));
        new TreeSet<>(issued).forEach(name -> require(ISSUED, "issued", name, "the name of a folder"));
    }

    /** Returns a builder of certbot's usual place, without certificates, on a machine without IPv6. */
    public static NginxOptionsBuilder builder(long revision) {
        return new NginxOptionsBuilder()
                .revision(revision)
                .ipv6(false)
                .certificates("/etc/letsencrypt/live")
                .challenges("/var/lib/rookery/challenges");
    }

    private static void require(Pattern allowed, String member, String given, String expected) {
        if (!allowed.matcher(given).matches() || given.contains("..")) {
            throw new InvalidInputException(member + ": '" + given + "' (expected: " + expected + ")");
        }
    }
}
