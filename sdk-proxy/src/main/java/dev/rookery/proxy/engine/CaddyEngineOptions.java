package dev.rookery.proxy.engine;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.EngineFeatures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * Where a Caddy is and what may be done to it.
 *
 * @param name of the engine; letters, digits and hyphens
 * @param admin where its administration listens, as {@link dev.rookery.proxy.CaddyOptions} has it
 * @param program the file or name of the program that runs, which checks candidates; empty if it is not on this machine
 * @param features what it can do, if it cannot be asked; empty is a Caddy 2.6.2 without plugins
 * @param work a folder for what checks leave behind
 * @param bootFile the file that Caddy starts with, which is written once a candidate is proven; empty is none
 * @param restart restarts the process: Caddy 2.6 goes on with listeners of what it refused until then; empty if nobody here can
 * @param ports whether the ports of new listeners are tried first, and files of certificates looked into; not if Caddy runs in a
 *     container or on another machine than this process
 * @param timeout of one request to its administration
 * @param probeTimeout of one request from outside
 */
@Incubating
@Value.Builder
public record CaddyEngineOptions(
        String name,
        String admin,
        Optional<String> program,
        Optional<EngineFeatures> features,
        Path work,
        Optional<Path> bootFile,
        Optional<ProgramRestart> restart,
        boolean ports,
        Duration timeout,
        Duration probeTimeout) {

    /** Checks its arguments. */
    public CaddyEngineOptions {
        requireNonNull(admin, "admin");
        requireNonNull(program, "program");
        requireNonNull(features, "features");
        requireNonNull(work, "work");
        requireNonNull(bootFile, "bootFile");
        requireNonNull(restart, "restart");
        requireNonNull(timeout, "timeout");
        requireNonNull(probeTimeout, "probeTimeout");
        if (!name.matches("[A-Za-z0-9-]{1,64}")) {
            throw new InvalidInputException("name: '" + name + "' (expected: letters, digits and hyphens)");
        }
    }

    /** Returns a builder of a Caddy of this machine at its usual place. */
    public static CaddyEngineOptionsBuilder builder(Path work) {
        return new CaddyEngineOptionsBuilder()
                .name("caddy")
                .admin("127.0.0.1:2019")
                .program("caddy")
                .work(work)
                .ports(true)
                .timeout(Duration.ofSeconds(30))
                .probeTimeout(Duration.ofSeconds(5));
    }
}
