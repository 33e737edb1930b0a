package dev.rookery.examples.panel;

import dev.rookery.api.Caller;
import dev.rookery.api.Content;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.backup.BackupAdapter;
import dev.rookery.api.backup.BackupId;
import dev.rookery.panel.BackupOrder;
import dev.rookery.panel.BackupOrderBuilder;
import dev.rookery.panel.PanelBackups;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.schedule.ScheduledBackups;
import dev.rookery.panel.spi.PanelServer;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** How this panel makes backups, and reads them. Thread-safe. */
public final class Backups {

    /** How long an address in an object store is good that somebody is given. */
    private static final Duration ADDRESS_VALIDITY = Duration.ofMinutes(5);

    private final PanelService panel;
    private final PanelSettings settings;
    private final OkHttpClient http;

    Backups(PanelService panel, PanelSettings settings, OkHttpClient http) {
        this.panel = panel;
        this.settings = settings;
        this.http = http;
    }

    /** Returns the library's half. */
    public PanelBackups service() {
        return panel.backups();
    }

    /** Returns how many backups a server may have. */
    public int limit() {
        return settings.backupsPerServer();
    }

    /** Returns where new backups go. */
    public BackupAdapter adapter() {
        return settings.backupStore().isPresent() ? BackupAdapter.S3 : BackupAdapter.WINGS;
    }

    /** Returns the order of a backup like all of this panel. */
    public BackupOrderBuilder order() {
        return BackupOrder.builder().adapter(adapter()).limit(limit());
    }

    /** Returns the backups that schedules make. */
    ScheduledBackups scheduled(Clock clock) {
        var order = order().name("Schedule").build();
        return ScheduledBackups.over(service(), server -> order, clock);
    }

    /**
     * Returns the address of a complete backup in the object store.
     *
     * @return a secret for 5 minutes; empty if the backup is kept on its node
     */
    public Optional<URI> address(PanelServer server, BackupId backup) {
        return service().download(server.id(), backup, ADDRESS_VALIDITY);
    }

    /**
     * Opens a complete backup for reading, wherever it is kept.
     *
     * @param caller on whose authority
     * @return to be closed by the caller
     */
    public Content open(PanelServer server, BackupId backup, Caller caller) {
        var address = address(server, backup);
        return address.isPresent()
                ? fetched(address.get())
                : panel.onNode(server.id(), caller).backups().read(backup);
    }

    private Content fetched(URI address) {
        try {
            var response = http.newCall(
                            new Request.Builder().url(address.toString()).build())
                    .execute();
            if (!response.isSuccessful()) {
                response.close();
                throw new UnavailableException(
                        "the object store answered " + response.code() + " (expected: the backup)", null);
            }
            var body = response.body();
            return Content.of(body.byteStream(), body.contentLength());
        } catch (IOException e) {
            throw new UnavailableException("the object store cannot be reached", e);
        }
    }
}
