package dev.rookery.daemon.internal.file;

import dev.rookery.api.ServerId;
import java.time.Instant;
import java.util.Optional;

/**
 * A file that comes in pieces.
 *
 * @param id which one
 * @param server whose
 * @param path where it will be
 * @param sizeBytes how long it will be
 * @param arrivedBytes how much of it is on the disk
 * @param placed whether it is in its place
 * @param replaces which content was in its place when it was begun; empty if there was no file
 * @param owner the user who began it; empty for the panel
 * @param expires when it is given up
 */
public record StoredUpload(
        String id,
        ServerId server,
        String path,
        long sizeBytes,
        long arrivedBytes,
        boolean placed,
        Optional<String> replaces,
        Optional<String> owner,
        Instant expires) {

    /** Returns the same upload when it is so far. */
    public StoredUpload at(long nowArrivedBytes, boolean nowPlaced, Instant nowExpires) {
        return new StoredUpload(id, server, path, sizeBytes, nowArrivedBytes, nowPlaced, replaces, owner, nowExpires);
    }
}
