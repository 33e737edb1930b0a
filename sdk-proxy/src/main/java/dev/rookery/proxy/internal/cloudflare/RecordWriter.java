package dev.rookery.proxy.internal.cloudflare;

import dev.rookery.proxy.cloudflare.CloudflareException;
import dev.rookery.proxy.cloudflare.CloudflareReport.HostLine;
import dev.rookery.proxy.cloudflare.DnsRecord;
import dev.rookery.proxy.cloudflare.DnsRecords;
import dev.rookery.proxy.cloudflare.RecordBatch;
import dev.rookery.proxy.cloudflare.RecordChange;
import dev.rookery.proxy.cloudflare.RecordChange.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes the records of one zone: many at once, all changes of one name together, and what only removes names at the end. A change that is refused is found
 * by halves, so that it stops no other. Used by one thread.
 */
final class RecordWriter {

    private final DnsRecords records;
    private final List<HostLine> lines;
    private final Set<String> again = new TreeSet<>();

    RecordWriter(DnsRecords records, List<HostLine> lines) {
        this.records = records;
        this.lines = lines;
    }

    /** Returns the names that a later try may succeed for. */
    Set<String> again() {
        return again;
    }

    /** Writes all changes that are to be written. */
    void write(List<RecordChange> changes) {
        var byName = new LinkedHashMap<String, List<RecordChange>>();
        changes.stream()
                .filter(change -> change.kind().writes())
                .forEach(change -> byName.computeIfAbsent(change.host(), host -> new ArrayList<>())
                        .add(change));
        chunks(byName.values().stream().filter(name -> !onlyRemoves(name)).toList());
        chunks(byName.values().stream().filter(RecordWriter::onlyRemoves).toList());
    }

    private void chunks(List<List<RecordChange>> names) {
        var chunk = new ArrayList<List<RecordChange>>();
        int size = 0;
        for (var name : names) {
            if (size + name.size() > RecordBatch.SIZE_MAX) {
                together(chunk);
                chunk.clear();
                size = 0;
            }
            chunk.add(name);
            size += name.size();
        }
        together(chunk);
    }

    private void together(List<List<RecordChange>> names) {
        if (names.isEmpty()) {
            return;
        }
        try {
            records.batch(batch(names));
            names.forEach(name -> name.forEach(this::done));
        } catch (CloudflareException e) {
            if (!ofOneRecord(e)) {
                throw e;
            }
            if (names.size() == 1) {
                refused(names.get(0), e);
                return;
            }
            int half = names.size() / 2;
            together(List.copyOf(names.subList(0, half)));
            together(List.copyOf(names.subList(half, names.size())));
        }
    }

    private void done(RecordChange change) {
        lines.add(new HostLine(change.host(), change.kind(), true, change.reason()));
    }

    private void refused(List<RecordChange> name, CloudflareException e) {
        // What we looked at was not up to date any more: the next look decides.
        if (e.kind() != CloudflareException.Kind.INVALID) {
            again.add(name.get(0).host());
        }
        name.forEach(
                change -> lines.add(new HostLine(change.host(), change.kind(), false, String.valueOf(e.getMessage()))));
    }

    private static boolean ofOneRecord(CloudflareException e) {
        return switch (e.kind()) {
            case EXISTS, NOT_FOUND, INVALID -> true;
            case TOKEN, SCOPE, LIMITED, UNAVAILABLE -> false;
        };
    }

    private static boolean onlyRemoves(List<RecordChange> name) {
        return name.stream().allMatch(change -> change.kind() == Kind.DELETE);
    }

    private static RecordBatch batch(List<List<RecordChange>> names) {
        var deletes = new ArrayList<String>();
        var replacements = new ArrayList<DnsRecord.Stored>();
        var creations = new ArrayList<DnsRecord>();
        names.forEach(name -> name.forEach(change -> {
            if (change.kind() == Kind.CREATE) {
                creations.add(change.after().orElseThrow());
            } else if (change.kind() == Kind.DELETE) {
                deletes.add(change.before().orElseThrow().id());
            } else {
                replacements.add(new DnsRecord.Stored(
                        change.before().orElseThrow().id(), change.after().orElseThrow()));
            }
        }));
        return new RecordBatch(deletes, replacements, creations);
    }

    /** Returns changes by zone. */
    static Map<String, List<RecordChange>> byZone(List<RecordChange> changes) {
        var zones = new LinkedHashMap<String, List<RecordChange>>();
        changes.forEach(change ->
                zones.computeIfAbsent(change.zone(), zone -> new ArrayList<>()).add(change));
        return zones;
    }
}
