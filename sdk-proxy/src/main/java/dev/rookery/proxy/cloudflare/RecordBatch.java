package dev.rookery.proxy.cloudflare;

import java.util.List;

/**
 * Changes of records that are done together, or not at all.
 *
 * @param deletes ids of those to be removed, which is done first
 * @param replacements of what records say
 * @param creations new ones
 */
public record RecordBatch(List<String> deletes, List<DnsRecord.Stored> replacements, List<DnsRecord> creations) {

    /** How many changes Cloudflare takes at once, on any plan. */
    public static final int SIZE_MAX = 200;

    /** Copies its arguments. */
    public RecordBatch {
        deletes = List.copyOf(deletes);
        replacements = List.copyOf(replacements);
        creations = List.copyOf(creations);
    }

    /** Returns how many changes these are. */
    public int size() {
        return deletes.size() + replacements.size() + creations.size();
    }
}
