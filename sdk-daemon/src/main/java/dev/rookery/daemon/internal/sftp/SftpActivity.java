package dev.rookery.daemon.internal.sftp;

import dev.rookery.api.Json;
import dev.rookery.api.ServerId;
import dev.rookery.api.panel.ActivityEntry;
import dev.rookery.daemon.internal.activity.ActivityLog;
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
 * What clients change, as the panel is told of it: one entry for each user, server, address, event and minute. What happens is stored at the
 * next {@link #flush}, and grows until its minute is over; the panel is told only then. Thread-safe. Source: node API §5.4.
 */
final class SftpActivity {

    /** What one entry names at most; more goes into another one. */
    private static final int FILES_MAX = 100;

    private static final int GROUPS_MAX = 1_000;

    private final ActivityLog log;
    private final Clock clock;
    // Guarded by this, in the order of their first events.
    private final Map<Key, Group> groups = new LinkedHashMap<>();

    private record Key(UUID user, ServerId server, String address, String event, Instant minute) {}

    private static final class Group {

        private final Instant first;
        private final List<Json> files = new ArrayList<>();
        private final String mark = UUID.randomUUID().toString();
        private boolean stored;
        private boolean changed;

        Group(Instant first) {
            this.first = first;
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
        group.files.add(file);
        group.changed = true;
        if (group.files.size() >= FILES_MAX) {
            store(key, group);
            groups.remove(key);
        } else if (groups.size() > GROUPS_MAX) {
            flush();
        }
    }

    /** Hands over what happened since the last time. */
    synchronized void flush() {
        var minute = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        groups.forEach(this::store);
        groups.keySet().removeIf(key -> key.minute().isBefore(minute) || groups.size() > GROUPS_MAX);
    }

    private void store(Key key, Group group) {
        if (!group.changed) {
            return;
        }
        if (group.stored) {
            log.withdraw(group.mark);
        }
        log.add(
                ActivityEntry.builder(key.server(), "server:sftp." + key.event(), group.first)
                        .user(key.user())
                        .address(key.address())
                        .metadata(Map.of("files", new Json.Array(group.files)))
                        .build(),
                key.minute().plus(Duration.ofMinutes(1)),
                group.mark);
        group.stored = true;
        group.changed = false;
    }

    /** The panel takes addresses without ports. */
    private static String plain(String address) {
        var host = address.substring(0, address.lastIndexOf(':'));
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
