package dev.rookery.proxy.route;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where certificates come from. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Issuer.Acme.class, name = "acme"),
    @JsonSubTypes.Type(value = Issuer.Internal.class, name = "internal"),
    @JsonSubTypes.Type(value = Issuer.Files.class, name = "files"),
    @JsonSubTypes.Type(value = Issuer.OnDemand.class, name = "on-demand")
})
public sealed interface Issuer {

    /** What a public authority is when none is named. */
    String LETS_ENCRYPT = "https://acme-v02.api.letsencrypt.org/directory";

    /**
     * A public authority.
     *
     * @param directory its address
     * @param email who it writes to; empty is that of the settings
     * @param dns proves names by records, which wildcards need
     */
    record Acme(
            @JsonProperty("directory") String directory,
            @JsonProperty("email") Optional<String> email,
            @JsonProperty("dns") Optional<DnsChallenge> dns)
            implements Issuer {

        /** Puts in what is left out. */
        public Acme {
            directory = directory == null ? LETS_ENCRYPT : directory;
            email = Values.optional(email);
            dns = Values.optional(dns);
        }

        /** Returns the usual one, by the usual challenges. */
        public static Acme usual() {
            return new Acme(LETS_ENCRYPT, Optional.empty(), Optional.empty());
        }
    }

    /**
     * Proves names by records of a DNS provider.
     *
     * @param provider of the engine's plugins; {@code cloudflare}
     * @param token of the provider
     * @param resolvers which servers are asked whether the record is there; empty are the system's
     */
    record DnsChallenge(
            @JsonProperty("provider") String provider,
            @JsonProperty("token") SecretRef token,
            @JsonProperty("resolvers") List<String> resolvers) {

        /** Puts in what is left out. */
        public DnsChallenge {
            provider = provider == null ? "cloudflare" : provider;
            requireNonNull(token, "token");
            resolvers = Values.list(resolvers);
        }
    }

    /**
     * The engine's own authority, which nobody trusts by himself.
     *
     * @param lifetime of certificates; empty is the engine's
     */
    record Internal(@JsonProperty("lifetime") Optional<Duration> lifetime) implements Issuer {

        /** Puts in what is left out. */
        public Internal {
            lifetime = Values.optional(lifetime);
        }
    }

    /**
     * Files that somebody else renews.
     *
     * @param certificate a PEM file of the certificate and all above it
     * @param key a PEM file of its key
     */
    record Files(
            @JsonProperty("certificate") String certificate,
            @JsonProperty("key") String key) implements Issuer {

        /** Checks its arguments. */
        public Files {
            requireNonNull(certificate, "certificate");
            requireNonNull(key, "key");
        }
    }

    /**
     * A public authority, asked when the first client comes, for names that a service allows.
     *
     * @param ask the service's address; it gets {@code ?domain=NAME} and answers 200 or not
     */
    record OnDemand(@JsonProperty("ask") String ask) implements Issuer {

        /** Checks its arguments. */
        public OnDemand {
            requireNonNull(ask, "ask");
        }
    }
}
