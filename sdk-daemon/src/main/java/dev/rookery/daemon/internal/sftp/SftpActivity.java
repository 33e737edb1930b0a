package dev.rookery.daemon.internal.sftp;

import dev.rookery.api.Json;
import dev.rookery.api.ServerId;
import dev.rookery.api.panel.ActivityEntry;
import dev.rookery.daemon.internal.activity.ActivityLog;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What clients change, as the panel is told of it: one entry for each user, server, address, event and minute, or several if it would be long. What happens
 * is stored at the next {@link #flush}, and grows until its minute is over; the panel is told only then. Of who changes thousands of files a minute, the first
 * ones are named and the others counted, so that nobody can push what others did out of the log. Thread-safe. Source: node API §5.4.
 */
final class SftpActivity {

    /** What one entry names at most; more goes into another one. */
    static final int FILES_MAX = 100;
    /** How many files of a minute are named. */
    static final int NAMED_MAX = 2_000;

    private static final int GROUPS_MAX = 1_000;
    /** How long after its minute an entry may still grow: what happened last is stored by then. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final ActivityLog log;
    private final Clock clock;
    // Guarded by this, in the order of their first events.
    private final Map<Key, Group> groups = new LinkedHashMap<>();

    private record Key(UUID user, ServerId server, String address, String event, Instant minute) {}

    private static final class Group {

        private Instant first;
        private List<Json> files = new ArrayList<>();
        private String mark = UUID.randomUUID().toString();
        private int named;
        private long more;
        private boolean changed;

        Group(Instant first) {
            this.first = first;
        }

        /** Begins the next entry of the same minute. */
        void next(Instant now) {
            first = now;
            files = new ArrayList<>();
            mark = UUID.randomUUID().toString();
        }
    }

    SftpActivity(ActivityLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /** Returns who hears what one client changes. */
    Notes of(SftpAccess who) {
        return new Notes() {
            @Override
            public void written(String path) {
                note(who, "write", ActivityLog.text(path));
            }

            @Override
            public void created(String path) {
                note(who, "create", ActivityLog.text(path));
            }

            @Override
            public void directory(String path) {
                note(who, "create-directory", ActivityLog.text(path));
            }

            @Override
            public void deleted(String path) {
                note(who, "delete", ActivityLog.text(path));
            }

            @Override
            public void renamed(String from, String to) {
                note(who, "rename", new Json.Obj(Map.of("from", ActivityLog.text(from), "to", ActivityLog.text(to))));
            }
        };
    }

    private synchronized void note(SftpAccess who, String event, Json file) {
        var now = clock.instant();
        var authority = who.authority();
        var key = new Key(
                authority.user(),
                authority.server(),
                plain(who.login().address()),
                event,
                now.truncatedTo(ChronoUnit.MINUTES));
        var group = groups.computeIfAbsent(key, missing -> new Group(now));
        if (group.named >= NAMED_MAX) {
            group.more++;
        } else {
            if (group.files.size() == FILES_MAX) {
                store(key, group);
                group.next(now);
            }
            group.named++;
            group.files.add(file);
        }
        group.changed = true;
        if (groups.size() > GROUPS_MAX) {
            flush();
        }
    }

    /** Hands over what happened since the last time. */
    synchronized void flush() {
        var minute = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        groups.forEach(this::store);
        // Those of another minute do not grow any more, whatever happened to the clock.
        groups.keySet().removeIf(key -> !key.minute().equals(minute) || groups.size() > GROUPS_MAX);
    }

    private void store(Key key, Group group) {
        if (!group.changed) {
            return;
        }
        var metadata = new LinkedHashMap<String, Json>();
        metadata.put("files", new Json.Array(group.files));
        if (group.more > 0) {
            metadata.put("more", new Json.Num(BigDecimal.valueOf(group.more)));
        }
        log.add(
                ActivityEntry.builder(key.server(), "server:sftp." + key.event(), group.first)
                        .user(key.user())
                        .address(key.address())
                        .metadata(metadata)
                        .build(),
                key.minute().plus(Duration.ofMinutes(1)).plus(GRACE),
                group.mark);
        group.changed = false;
    }

    /** The panel takes addresses without ports. */
    private static String plain(String address) {
        var host = address.substring(0, address.lastIndexOf(':'));
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
