package dev.rookery.panel.internal;

import dev.rookery.api.Json;
import dev.rookery.api.NodeId;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.panel.ActivityEntry;
import dev.rookery.panel.spi.ActivityStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Takes what nodes tell of what happened. Entries are other people's input: what cannot be used is dropped without a failure, since a
 * node would send it again for ever; what is too long is cut. Source: panel remote API §3.11, CVE-2026-21696. Thread-safe.
 */
final class ActivityIntake {

    /** How many entries are stored in one change. */
    static final int BATCH = 250;

    private static final Pattern EVENT = Pattern.compile("server:[a-zA-Z0-9._:-]{1,100}");
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F.:]{2,45}");
    private static final int MOST_METADATA_CHARACTERS = 16 * 1024;

    private static final Duration FAST_CLOCK = Duration.ofHours(1);

    private final ActivityStore store;
    private final Clock clock;

    ActivityIntake(ActivityStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    void take(NodeId node, List<ActivityEntry> entries) {
        var now = clock.instant();
        var usable = entries.stream()
                .filter(entry -> EVENT.matcher(entry.event()).matches())
                .map(entry -> cut(entry, now))
                .toList();
        for (int from = 0; from < usable.size(); from += BATCH) {
            store.add(node, usable.subList(from, Math.min(usable.size(), from + BATCH)));
        }
    }

    private static ActivityEntry cut(ActivityEntry entry, Instant now) {
        boolean tooLong = WireJson.writeText(entry.metadata()).length() > MOST_METADATA_CHARACTERS;
        var address = ADDRESS.matcher(entry.address()).matches() ? entry.address() : "";
        return new ActivityEntry(
                entry.user(),
                entry.server(),
                entry.event(),
                tooLong ? Map.of("truncated", new Json.Bool(true)) : entry.metadata(),
                address,
                past(entry.timestamp(), now),
                Optional.empty());
    }

    /**
     * Returns a time that will be forgotten some day. A node whose clock is wrong sends the same entry again with the same time, so what it
     * becomes must not change with each call: it is the end of the day.
     */
    private static Instant past(Instant time, Instant now) {
        return time.isAfter(now.plus(FAST_CLOCK))
                ? now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1))
                : time;
    }
}
