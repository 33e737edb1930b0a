package dev.rookery.proxy.internal.cloudflare;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.Json;
import dev.rookery.proxy.cloudflare.DnsRecord;
import dev.rookery.proxy.cloudflare.RecordChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was there before each write for a revision, and what was put in its place: enough to take it back. It is kept before the write, so that it may name
 * writes that never happened; whoever takes back looks first.
 *
 * @param revision of the wish that was written for
 * @param rules names whose rules were ours before
 * @param rulesIn the id of the tunnel that these were in
 * @param tunnel the id of the tunnel that was made; empty if there was one
 * @param config the configuration before; empty if none was written
 * @param written the configurations that were put in its place, one after the other
 * @param steps what was written to records
 */
public record Journal(
        @JsonProperty("revision") long revision,
        @JsonProperty("rules") Set<String> rules,
        @JsonProperty("rulesIn") Optional<String> rulesIn,
        @JsonProperty("tunnel") Optional<String> tunnel,
        @JsonProperty("config") Optional<Json.Obj> config,
        @JsonProperty("written") List<Json.Obj> written,
        @JsonProperty("steps") List<Step> steps) {

    /** Puts in what is left out. */
    public Journal {
        rules = rules == null ? Set.of() : new TreeSet<>(rules);
        rulesIn = rulesIn == null ? Optional.empty() : rulesIn;
        tunnel = tunnel == null ? Optional.empty() : tunnel;
        // What is left out of a file is read as JSON's null, whatever was to be there.
        Optional<?> read = config == null ? Optional.empty() : config;
        config = read.filter(Json.Obj.class::isInstance).map(Json.Obj.class::cast);
        written = written == null ? List.of() : List.copyOf(written);
        steps = steps == null ? List.of() : List.copyOf(steps);
    }

    /**
     * The records of one name.
     *
     * @param zone its zone's name
     * @param host the name
     * @param before those that were changed or removed
     * @param after those that were made or changed
     */
    public record Step(
            @JsonProperty("zone") String zone,
            @JsonProperty("host") String host,
            @JsonProperty("before") List<DnsRecord> before,
            @JsonProperty("after") List<DnsRecord> after) {

        /** Puts in what is left out. */
        public Step {
            before = before == null ? List.of() : List.copyOf(before);
            after = after == null ? List.of() : List.copyOf(after);
        }
    }

    static Journal of(long revision, Memory before) {
        return new Journal(
                revision, before.rules(), before.tunnel(), Optional.empty(), Optional.empty(), List.of(), List.of());
    }

    Journal made(String tunnelId) {
        return new Journal(revision, rules, rulesIn, Optional.of(tunnelId), config, written, steps);
    }

    /** What was there before the first of several writes counts. */
    Journal configured(Json.Obj before, Json.Obj after) {
        var all = new ArrayList<>(written);
        all.add(after);
        return new Journal(revision, rules, rulesIn, tunnel, config.or(() -> Optional.of(before)), all, steps);
    }

    Journal changed(List<RecordChange> changes) {
        var all = new LinkedHashMap<String, Step>();
        steps.forEach(step -> all.put(step.host(), step));
        var names = new LinkedHashMap<String, List<RecordChange>>();
        changes.forEach(change ->
                names.computeIfAbsent(change.host(), host -> new ArrayList<>()).add(change));
        names.forEach((host, ofOne) -> all.merge(
                host, step(ofOne), (first, last) -> new Step(first.zone(), host, first.before(), last.after())));
        return new Journal(revision, rules, rulesIn, tunnel, config, written, List.copyOf(all.values()));
    }

    private static Step step(List<RecordChange> changes) {
        var before = changes.stream()
                .flatMap(change -> change.before().stream())
                .map(DnsRecord.Stored::record)
                .toList();
        var after = changes.stream().flatMap(change -> change.after().stream()).toList();
        return new Step(changes.get(0).zone(), changes.get(0).host(), before, after);
    }
}
