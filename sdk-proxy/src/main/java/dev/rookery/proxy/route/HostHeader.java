package dev.rookery.proxy.route;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * What an upstream sees as the host.
 *
 * @param kind where it comes from
 * @param value the text of {@link Kind#FIXED}
 */
public record HostHeader(
        @JsonProperty("kind") Kind kind,
        @JsonProperty("value") Optional<String> value) {

    /** The client's. */
    public static final HostHeader KEPT = new HostHeader(Kind.KEEP, Optional.empty());

    /** The upstream's own address. */
    public static final HostHeader OF_UPSTREAM = new HostHeader(Kind.UPSTREAM, Optional.empty());

    /** Puts in what is left out. */
    public HostHeader {
        kind = kind == null ? Kind.KEEP : kind;
        value = Values.optional(value);
    }

    /** Returns this host. */
    public static HostHeader fixed(String host) {
        return new HostHeader(Kind.FIXED, Optional.of(host));
    }

    /** Where it comes from. */
    public enum Kind {
        /** The client's. */
        @JsonProperty("keep")
        KEEP,
        /** The address of the upstream that was taken. */
        @JsonProperty("upstream")
        UPSTREAM,
        /** A given one. */
        @JsonProperty("fixed")
        FIXED
    }
}
