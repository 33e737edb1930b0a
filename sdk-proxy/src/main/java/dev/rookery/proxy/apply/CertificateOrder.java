package dev.rookery.proxy.apply;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import dev.rookery.proxy.route.Issuer;
import java.util.Optional;

/**
 * A certificate that is to be issued.
 *
 * @param domain the name that it is for, in lower case, with {@code *.} if it is for all names one label below
 * @param issuer the authority and how it is convinced; empty is what the source is set up for
 * @param email who the authority writes to; empty is whom the source is set up for
 */
@Incubating
public record CertificateOrder(String domain, Optional<Issuer.Acme> issuer, Optional<String> email) {

    /** Checks its arguments. */
    public CertificateOrder {
        requireNonNull(domain, "domain");
        requireNonNull(issuer, "issuer");
        requireNonNull(email, "email");
    }
}
