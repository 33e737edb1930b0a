package dev.rookery.proxy.internal.cloudflare;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What has to be remembered between two looks at Cloudflare, because Cloudflare cannot tell it. What is lost of it makes us more careful, never less.
 *
 * @param rules names whose rules in the tunnel are ours: rules bear no mark
 * @param tunnel the id of the tunnel that these rules are in: in another one, a rule of the same name is somebody else's
 * @param unwanted names of records that nobody wants any more, with the time since when, in milliseconds
 * @param zones names of zones where something of ours is, or was; empty if that is not known
 */
public record Memory(
        @JsonProperty("rules") Set<String> rules,
        @JsonProperty("tunnel") Optional<String> tunnel,
        @JsonProperty("unwanted") Map<String, Long> unwanted,
        @JsonProperty("zones") Set<String> zones) {

    /** Nothing is known. */
    public static final Memory NONE = new Memory(Set.of(), Optional.empty(), Map.of(), Set.of());

    /** Copies its arguments. */
    public Memory {
        rules = rules == null ? Set.of() : new TreeSet<>(rules);
        tunnel = tunnel == null ? Optional.empty() : tunnel;
        unwanted = unwanted == null ? Map.of() : new TreeMap<>(unwanted);
        zones = zones == null ? Set.of() : new TreeSet<>(zones);
    }

    /** Returns the names whose rules in a tunnel are ours. */
    Set<String> rulesIn(String id) {
        return tunnel.equals(Optional.of(id)) ? rules : Set.of();
    }

    Memory withRules(Optional<String> id, Set<String> names) {
        return new Memory(names, id, unwanted, zones);
    }

    Memory withRecords(Map<String, Long> names, Set<String> places) {
        return new Memory(rules, tunnel, names, places);
    }
}
