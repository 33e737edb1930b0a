package dev.rookery.daemon.internal.file;

import dev.rookery.api.file.FileUpload;
import java.io.IOException;
import java.time.Instant;

/** One file that comes in pieces, as it is now. Guarded by itself; what is on the disk is touched only by who holds it. */
final class Upload {

    private final Volume volume;
    private final Arrival arrival;
    private final DiskSpace.Claim claim;
    private StoredUpload stored;
    private boolean held;
    private boolean cancelled;

    /**
     * Creates it.
     *
     * @param claim the space for what has not arrived yet
     */
    Upload(StoredUpload stored, Volume volume, DiskSpace.Claim claim) {
        this.stored = stored;
        this.volume = volume;
        this.arrival = new Arrival(volume, stored.id());
        this.claim = claim;
    }

    synchronized StoredUpload stored() {
        return stored;
    }

    synchronized FileUpload shown() {
        return new FileUpload(stored.id(), stored.path(), stored.sizeBytes(), stored.arrivedBytes(), stored.expires());
    }

    Volume volume() {
        return volume;
    }

    Arrival arrival() {
        return arrival;
    }

    /** Takes hold of it; returns false if somebody else has. */
    synchronized boolean hold() {
        if (held) {
            return false;
        }
        held = true;
        return true;
    }

    /** Lets go of it; returns whether it was given up meanwhile, and is to be removed. */
    synchronized boolean release() {
        held = false;
        return cancelled;
    }

    /** Gives it up; returns whether it can be removed at once, since nobody holds it. */
    synchronized boolean cancel() {
        cancelled = true;
        return !held;
    }

    synchronized boolean cancelled() {
        return cancelled;
    }

    /** Takes note that more of it is on the disk. For who holds it. */
    synchronized void arrived(long count, Instant expires) {
        claim.spent(count);
        stored = stored.at(stored.arrivedBytes() + count, false, expires);
    }

    /** Takes the last byte for one that has not arrived, so that it can be sent again. For who holds it. */
    synchronized void lackLast() {
        if (stored.sizeBytes() > 0) {
            claim.spent(-1);
            stored = stored.at(stored.sizeBytes() - 1, false, stored.expires());
        }
    }

    /** Takes note that it is in its place. For who holds it. */
    synchronized void placed() {
        claim.close();
        stored = stored.at(stored.arrivedBytes(), true, stored.expires());
    }

    /** Removes what has arrived, and gives the space back. For who holds it, or knows that nobody does. */
    void remove() throws IOException {
        var last = stored();
        giveBack();
        if (!last.placed()) {
            arrival.remove(last.arrivedBytes());
        }
    }

    private synchronized void giveBack() {
        claim.close();
    }
}
