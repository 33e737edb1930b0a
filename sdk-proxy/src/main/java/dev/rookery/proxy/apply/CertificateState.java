package dev.rookery.proxy.apply;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import java.time.Instant;
import java.util.Optional;

/**
 * How far the certificate of a name is that is got by a {@link CertificateSource}.
 *
 * @param domain the name; with {@code *.} if it is for all names one label below
 * @param expires until when the one counts that is there; empty if there is none yet
 * @param said why the last try to get one failed, for people; empty if it did not
 * @param nextAt when the next one is asked for
 */
@Incubating
public record CertificateState(String domain, Optional<Instant> expires, String said, Optional<Instant> nextAt) {

    /** Checks its arguments. */
    public CertificateState {
        requireNonNull(domain, "domain");
        requireNonNull(expires, "expires");
        requireNonNull(said, "said");
        requireNonNull(nextAt, "nextAt");
    }
}
