package dev.rookery.proxy.engine;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.internal.nginx.NginxMachine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * Where an nginx is and what it may use.
 *
 * @param name of the engine; letters, digits and hyphens
 * @param program the file or name of the program
 * @param directory all that is its own: {@code releases}, {@code current}, its logs and the number of its process. It runs with {@code -p} this and
 *     {@code -c} {@code current/nginx.conf}
 * @param start whether it is started if it does not run; otherwise somebody else does
 * @param user whose rights its workers have; empty are those of who starts it, or nobody's
 * @param ipv6 whether it listens with IPv6, too, where it listens on all addresses; by default it does where the machine has it
 * @param resolvers DNS servers for upstreams that have names; empty are those of the machine
 * @param certificates the folder of certbot's certificates
 * @param challenges the folder in which certbot proves names
 * @param timeout of one call of the program
 * @param probeTimeout of one request from outside
 */
@Incubating
@Value.Builder
public record NginxEngineOptions(
        String name,
        String program,
        Path directory,
        boolean start,
        Optional<String> user,
        boolean ipv6,
        List<String> resolvers,
        Path certificates,
        Path challenges,
        Duration timeout,
        Duration probeTimeout) {

    /** Checks its arguments. */
    public NginxEngineOptions {
        requireNonNull(program, "program");
        directory = directory.toAbsolutePath();
        requireNonNull(user, "user");
        resolvers = List.copyOf(resolvers);
        certificates = certificates.toAbsolutePath();
        challenges = challenges.toAbsolutePath();
        requireNonNull(timeout, "timeout");
        requireNonNull(probeTimeout, "probeTimeout");
        if (!name.matches("[A-Za-z0-9-]{1,64}")) {
            throw new InvalidInputException("name: '" + name + "' (expected: letters, digits and hyphens)");
        }
    }

    /** Returns a builder of an nginx of this machine that is started when it is needed. */
    public static NginxEngineOptionsBuilder builder(Path directory) {
        return new NginxEngineOptionsBuilder()
                .name("nginx")
                .program("nginx")
                .directory(directory)
                .start(true)
                .ipv6(NginxMachine.ipv6())
                .certificates(Path.of("/etc/letsencrypt/live"))
                .challenges(directory.resolve("challenges"))
                .timeout(Duration.ofSeconds(30))
                .probeTimeout(Duration.ofSeconds(5));
    }
}
