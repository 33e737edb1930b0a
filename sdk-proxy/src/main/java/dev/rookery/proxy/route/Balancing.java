package dev.rookery.proxy.route;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * Which upstream is taken, and what happens if it fails.
 *
 * @param policy how one is chosen
 * @param key the header, cookie or parameter of the policies that go by one
 * @param secret makes the cookie of {@link Policy#COOKIE} one that clients cannot choose
 * @param choose how many {@link Policy#RANDOM_CHOOSE} looks at
 * @param retries how often another one is tried
 * @param tryDuration how long others are tried; zero is not at all
 * @param tryInterval how long to wait between two tries
 * @param retryMethods which methods may be tried again though the upstream may have seen the request
 */
@Value.Builder
public record Balancing(
        @JsonProperty("policy") Policy policy,
        @JsonProperty("key") Optional<String> key,
        @JsonProperty("secret") Optional<SecretRef> secret,
        @JsonProperty("choose") int choose,
        @JsonProperty("retries") int retries,
        @JsonProperty("tryDuration") Duration tryDuration,
        @JsonProperty("tryInterval") Duration tryInterval,
        @JsonProperty("retryMethods") List<String> retryMethods) {

    /** Any one, without a second try. */
    public static final Balancing USUAL = builder().build();

    /** Puts in what is left out. */
    public Balancing {
        policy = policy == null ? Policy.RANDOM : policy;
        key = Values.optional(key);
        secret = Values.optional(secret);
        choose = choose == 0 ? 2 : choose;
        tryDuration = tryDuration == null ? Duration.ZERO : tryDuration;
        tryInterval = tryInterval == null ? Duration.ofMillis(250) : tryInterval;
        retryMethods = retryMethods == null || retryMethods.isEmpty() ? List.of("GET") : List.copyOf(retryMethods);
    }

    /** Returns a builder of what is usual. */
    public static BalancingBuilder builder() {
        return new BalancingBuilder()
                .policy(Policy.RANDOM)
                .choose(2)
                .retries(0)
                .tryDuration(Duration.ZERO)
                .tryInterval(Duration.ofMillis(250));
    }

    /** How an upstream is chosen. */
    public enum Policy {
        /** Any one. */
        @JsonProperty("random")
        RANDOM,
        /** One after the other. */
        @JsonProperty("round-robin")
        ROUND_ROBIN,
        /** By weight. */
        @JsonProperty("weighted")
        WEIGHTED,
        /** The one with the fewest requests. */
        @JsonProperty("least-connections")
        LEAST_CONNECTIONS,
        /** The first one that works. */
        @JsonProperty("first")
        FIRST,
        /** By the address of the connection. */
        @JsonProperty("ip-hash")
        IP_HASH,
        /** By the client's address, behind proxies that are trusted. */
        @JsonProperty("client-ip-hash")
        CLIENT_IP_HASH,
        /** By path and query. */
        @JsonProperty("uri-hash")
        URI_HASH,
        /** By a header. */
        @JsonProperty("header")
        HEADER,
        /** By a cookie that the proxy sets. */
        @JsonProperty("cookie")
        COOKIE,
        /** By a parameter. */
        @JsonProperty("query")
        QUERY,
        /** The one with the fewest requests of some that are taken at random. */
        @JsonProperty("random-choose")
        RANDOM_CHOOSE
    }
}
