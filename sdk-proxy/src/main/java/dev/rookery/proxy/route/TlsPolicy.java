package dev.rookery.proxy.route;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * How names get their certificates.
 *
 * @param name by which routes choose it
 * @param subjects names that it is for besides those of such routes, with Caddy: with nginx, names have what their routes choose. One that asks for
 *     certificates of clients is for no name of a route that does not choose it
 * @param issuer where certificates come from
 * @param clientAuthorityFile a PEM file: clients need a certificate of one of these authorities
 */
public record TlsPolicy(
        @JsonProperty("name") String name,
        @JsonProperty("subjects") List<String> subjects,
        @JsonProperty("issuer") Issuer issuer,
        @JsonProperty("clientAuthorityFile") Optional<String> clientAuthorityFile) {

    /** Puts in what is left out. */
    public TlsPolicy {
        requireNonNull(name, "name");
        subjects = Values.list(subjects);
        requireNonNull(issuer, "issuer");
        clientAuthorityFile = Values.optional(clientAuthorityFile);
    }

    /** Returns a policy for the routes that choose it. */
    public static TlsPolicy of(String name, Issuer issuer) {
        return new TlsPolicy(name, List.of(), issuer, Optional.empty());
    }
}
