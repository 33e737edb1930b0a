package dev.rookery.daemon.internal.file;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/**
 * What has a name that is about to be removed, or given to another file. The file stays known whatever becomes of the name, so that afterwards it
 * is seen, and not guessed, whether its bytes are free. To be closed. Used by one thread.
 */
final class Leaving implements AutoCloseable {

    private final int descriptor;
    private final FileStatus status;
    private final DiskSpace.Claim change;
    private final HeldFiles.Hold hold;

    private Leaving(DiskSpace space, int descriptor, FileStatus status) throws IOException {
        this.descriptor = descriptor;
        this.status = status;
        this.change = space.change();
        this.hold = space.files().leaving(descriptor, status);
    }

    /**
     * Looks at a name in a directory, a link itself.
     *
     * @param status is filled
     * @return empty if there is nothing
     */
    static Optional<Leaving> of(DiskSpace space, int directory, String name, FileStatus status) throws IOException {
        int descriptor;
        try {
            descriptor = NativeFiles.openPlaceIn(directory, name);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Leaving(space, descriptor, status));
        } catch (IOException | RuntimeException e) {
            NativeFiles.close(descriptor);
            throw e;
        }
    }

    /** Does what takes a name from its file, and gives the file's bytes back if it was its last. */
    static void during(DiskSpace space, int directory, String name, HeldFiles.Change change) throws IOException {
        var leaving = of(space, directory, name, new FileStatus());
        try {
            change.run();
            if (leaving.isPresent()) {
                leaving.get().gone();
            }
        } finally {
            leaving.ifPresent(Leaving::close);
        }
    }

    /** Returns what it was when it was looked at last. */
    FileStatus status() {
        return status;
    }

    /** Says that the name is removed, or another file's. */
    void gone() throws IOException {
        gone(Long.MAX_VALUE);
    }

    /** As {@link #gone()}, of a file of which no more than this was accounted for. */
    void gone(long mostBytes) throws IOException {
        change.written(-Math.min(mostBytes, hold.gone(status)));
    }

    /** Says that nobody but the node can come to it any more; returns the bytes that went with it, which are not given back yet. */
    long takenAway() throws IOException {
        return hold.takenAway(status);
    }

    @Override
    public void close() {
        change.close();
        hold.close();
        NativeFiles.close(descriptor);
    }
}
