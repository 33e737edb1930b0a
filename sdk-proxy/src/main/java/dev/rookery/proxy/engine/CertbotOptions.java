package dev.rookery.proxy.engine;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.route.Issuer;
import dev.rookery.proxy.route.SecretRef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.immutables.value.Value;

/**
 * What certbot is told.
 *
 * @param program its file or name
 * @param certificates the folder of certificates that are in use, called {@code live}; what else certbot keeps of them is beside it
 * @param challenges the folder that the engine answers {@code /.well-known/acme-challenge/} from
 * @param work the folder of its locks and logs
 * @param agreeToTerms whether somebody has agreed to the terms of the authority; certbot is not started otherwise
 * @param email who the authority writes to, if neither a policy nor the settings say; empty is nobody
 * @param directory the address of the authority, for names without a policy
 * @param trust a PEM file of who vouches for that address, such as the own authority of a company; empty is as the machine says
 * @param secrets reads secrets, such as the token for records that prove a wildcard
 * @param timeout of one call
 */
@Incubating
@Value.Builder
public record CertbotOptions(
        String program,
        Path certificates,
        Path challenges,
        Path work,
        boolean agreeToTerms,
        Optional<String> email,
        String directory,
        Optional<Path> trust,
        Function<SecretRef, String> secrets,
        Duration timeout) {

    /** Checks its arguments. */
    public CertbotOptions {
        requireNonNull(program, "program");
        certificates = certificates.toAbsolutePath();
        challenges = challenges.toAbsolutePath();
        work = work.toAbsolutePath();
        requireNonNull(email, "email");
        requireNonNull(directory, "directory");
        requireNonNull(trust, "trust");
        requireNonNull(secrets, "secrets");
        requireNonNull(timeout, "timeout");
        if (!agreeToTerms) {
            throw new InvalidInputException(
                    "agreeToTerms: false (expected: true, once somebody has read the terms of " + directory + ")");
        }
        if (!certificates.endsWith("live")) {
            throw new InvalidInputException(
                    "certificates: " + certificates + " (expected: a folder called live, as certbot has it)");
        }
    }

    /** Returns a builder for the names of an nginx: its certificates, its challenges, Let's Encrypt. That the terms are agreed to has to be said. */
    public static CertbotOptionsBuilder builder(NginxEngineOptions nginx) {
        return new CertbotOptionsBuilder()
                .program("certbot")
                .certificates(nginx.certificates())
                .challenges(nginx.challenges())
                .work(nginx.directory().resolve("certbot"))
                .agreeToTerms(false)
                .directory(Issuer.LETS_ENCRYPT)
                .secrets(Certbot::secret)
                .timeout(Duration.ofMinutes(5));
    }
}
