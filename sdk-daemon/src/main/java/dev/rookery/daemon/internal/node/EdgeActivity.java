package dev.rookery.daemon.internal.node;

import dev.rookery.api.Caller;
import dev.rookery.api.ServerId;
import dev.rookery.api.panel.ActivityEntry;
import dev.rookery.api.token.Token;
import dev.rookery.daemon.internal.activity.ActivityLog;
import dev.rookery.daemon.internal.http.EdgeListener;
import java.time.Clock;
import java.util.Map;

/** Tells the panel what browsers did by the URLs that it signed. Thread-safe. Source: node API §5.4. */
public final class EdgeActivity implements EdgeListener {

    private final ActivityLog log;
    private final Clock clock;

    /** Creates it. */
    public EdgeActivity(ActivityLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    @Override
    public void uploaded(ServerId server, Caller.User caller, String directory, String file) {
        var entry = ActivityEntry.builder(server, "server:file.uploaded", clock.instant())
                .address(caller.address())
                .metadata(Map.of("file", ActivityLog.text(file), "directory", ActivityLog.text(directory)));
        if (!caller.user().equals(Token.NOBODY)) {
            entry.user(caller.user());
        }
        log.add(entry.build());
    }
}
