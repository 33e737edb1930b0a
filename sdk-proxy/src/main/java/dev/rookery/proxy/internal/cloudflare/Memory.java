package dev.rookery.proxy.internal.cloudflare;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What has to be remembered between two looks at Cloudflare, because Cloudflare cannot tell it. What is lost of it makes us more careful, never less.
 *
 * @param rules names whose rules in the tunnel are ours: rules bear no mark
 * @param unwanted names of records that nobody wants any more, with the time since when, in milliseconds
 * @param zones names of zones where something of ours is, or was; empty if that is not known
 */
public record Memory(
        @JsonProperty("rules") Set<String> rules,
        @JsonProperty("unwanted") Map<String, Long> unwanted,
        @JsonProperty("zones") Set<String> zones) {

    /** Nothing is known. */
    public static final Memory NONE = new Memory(Set.of(), Map.of(), Set.of());

    /** Copies its arguments. */
    public Memory {
        rules = rules == null ? Set.of() : new TreeSet<>(rules);
        unwanted = unwanted == null ? Map.of() : new TreeMap<>(unwanted);
        zones = zones == null ? Set.of() : new TreeSet<>(zones);
    }

    Memory withRules(Set<String> names) {
        return new Memory(names, unwanted, zones);
    }

    Memory withRecords(Map<String, Long> names, Set<String> places) {
        return new Memory(rules, names, places);
    }
}
