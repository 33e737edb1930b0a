package dev.rookery.proxy.cloudflare;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What is to be done about a record, or why nothing is.
 *
 * @param kind what is done
 * @param host the name
 * @param zone the name of the zone; empty if there is none for it
 * @param before the record that there is
 * @param after what it is to say
 * @param reason for people
 */
public record RecordChange(
        Kind kind,
        String host,
        String zone,
        Optional<DnsRecord.Stored> before,
        Optional<DnsRecord> after,
        String reason) {

    /** Checks its arguments. */
    public RecordChange {
        requireNonNull(kind, "kind");
        requireNonNull(host, "host");
        requireNonNull(zone, "zone");
        requireNonNull(before, "before");
        requireNonNull(after, "after");
        requireNonNull(reason, "reason");
    }

    @Override
    public String toString() {
        return kind + " " + host
                + before.map(stored -> " [" + stored.record() + "]").orElse("")
                + after.map(record -> " => [" + record + "]").orElse("")
                + (reason.isEmpty() ? "" : ": " + reason);
    }

    /** What is done. */
    public enum Kind {
        /** A record is made, with our mark. */
        CREATE,
        /** A record of ours is changed. */
        UPDATE,
        /** A record that is as it should be gets our mark. */
        ADOPT,
        /** A record of ours is removed. */
        DELETE,
        /** A record of ours is removed later. */
        WAIT,
        /** Somebody else has the name: nothing is touched. */
        CONFLICT,
        /** The account has no zone for the name. */
        NO_ZONE;

        /** Returns whether something is written. */
        public boolean writes() {
            return this != WAIT && this != CONFLICT && this != NO_ZONE;
        }
    }
}
