package dev.rookery.examples.panel.http;

import dev.rookery.api.file.FileEntry;
import java.time.Instant;

/** A file as the UI sees it. */
record FileView(
        String name,
        boolean directory,
        boolean symlink,
        long sizeBytes,
        String modeBits,
        String mime,
        Instant modifiedAt) {

    static FileView of(FileEntry entry) {
        return new FileView(
                entry.name(),
                entry.directory(),
                entry.symlink(),
                entry.sizeBytes(),
                entry.modeBits().toString(),
                entry.mime(),
                entry.modified());
    }
}
