package dev.rookery.examples.panel.http;

import dev.rookery.api.backup.BackupId;
import dev.rookery.panel.spi.BackupRecord;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A backup as the UI shows it. */
record BackupView(
        String id,
        String name,
        String state,
        boolean restoring,
        @Nullable String reason,
        boolean locked,
        String place,
        List<String> ignoredFiles,
        @Nullable String checksum,
        long sizeBytes,
        Instant createdAt,
        @Nullable Instant endedAt) {

    static BackupView of(BackupRecord backup, Optional<BackupId> restored) {
        return new BackupView(
                backup.id().toString(),
                backup.name(),
                backup.state().name().toLowerCase(Locale.ROOT),
                restored.equals(Optional.of(backup.id())),
                backup.reason().orElse(null),
                backup.locked(),
                place(backup.remote()),
                backup.ignoredFiles(),
                backup.checksum().isEmpty() ? null : backup.checksum(),
                backup.sizeBytes(),
                backup.createdAt(),
                backup.endedAt().orElse(null));
    }

    static String place(boolean remote) {
        return remote ? "store" : "node";
    }
}
