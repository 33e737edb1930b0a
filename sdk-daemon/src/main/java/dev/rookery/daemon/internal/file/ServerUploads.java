package dev.rookery.daemon.internal.file;

import dev.rookery.api.Caller;
import dev.rookery.api.ConflictException;
import dev.rookery.api.Content;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.file.FileUpload;
import dev.rookery.api.node.FileUploads;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/** The files of one server that come in pieces, asked for by one caller. Thread-safe. */
public final class ServerUploads implements FileUploads {

    private static final int BUFFER_BYTES = 128 << 10;
    /** So much may have to come again after a crash. */
    private static final long SYNC_BYTES = 32 << 20;

    private final ServerId server;
    private final Caller caller;
    private final Clock clock;
    private final Uploads uploads;
    private final Supplier<Volume> volume;

    /**
     * Creates it.
     *
     * @param clock the time that permissions are judged by
     * @param uploads those of the node
     * @param volume gives the server's files, or throws if there is no such server
     */
    public ServerUploads(ServerId server, Caller caller, Clock clock, Uploads uploads, Supplier<Volume> volume) {
        this.server = server;
        this.caller = caller;
        this.clock = clock;
        this.uploads = uploads;
        this.volume = volume;
    }

    @Override
    public FileUpload begin(String path, long sizeBytes) {
        var rights = rights();
        var files = volume.get();
        if (sizeBytes < 0) {
            throw new InvalidInputException("size: " + sizeBytes + " (expected: 0 or more)");
        }
        var begun = new Upload[1];
        ServerFiles.change("written", path, () -> {
            var replaces = requireWritable(files, path, rights);
            var claim = files.space().claim(sizeBytes);
            try {
                begun[0] = create(path, sizeBytes, replaces, files, claim);
            } finally {
                if (begun[0] == null) {
                    claim.close();
                }
            }
        });
        return sizeBytes == 0 ? finished(begun[0]) : begun[0].shown();
    }

    @Override
    public FileUpload get(String id) {
        rights();
        return mine(id).shown();
    }

    @Override
    public FileUpload append(String id, long offsetBytes, Content content, boolean overwrite) {
        try (content) {
            var rights = rights();
            var upload = mine(id);
            if (!upload.hold()) {
                throw new ConflictException(
                        "upload " + id + ": another piece is being added (expected: one at a time)");
            }
            try {
                requireNext(upload, offsetBytes, content);
                add(upload, content, rights, overwrite);
            } finally {
                if (upload.release()) {
                    uploads.discard(upload);
                }
            }
            return upload.shown();
        } catch (IOException e) {
            throw new UnavailableException("upload " + id + ": the piece broke off: " + e.getMessage(), e);
        }
    }

    @Override
    public void cancel(String id) {
        rights();
        uploads.find(id).filter(this::isMine).filter(Upload::cancel).ifPresent(uploads::discard);
    }

    /** A file of nothing is whole at once. */
    private FileUpload finished(Upload upload) {
        try {
            return append(upload.stored().id(), 0, Content.of(new byte[0]));
        } catch (RuntimeException e) {
            uploads.discard(upload);
            throw e;
        }
    }

    private Upload create(String path, long sizeBytes, Optional<String> replaces, Volume files, DiskSpace.Claim claim)
            throws IOException {
        var upload = uploads.add(server, PathNames.plain(path), sizeBytes, replaces, owner(), files, claim);
        try (var created = upload.arrival().create()) {
            // What was written before the first piece is nothing, but it is there.
            created.force(true);
            return upload;
        } catch (IOException | RuntimeException e) {
            uploads.discard(upload);
            throw e;
        }
    }

    /** Looks whether the file may be written once all of it is there: better now than after gigabytes. Returns the version of what is there now. */
    private static Optional<String> requireWritable(Volume files, String path, WriteRights rights) throws IOException {
        ServerFiles.refuseDenied(files, path);
        ServerFiles.createRoot(files);
        PathNames.ofFile(path);
        try (var place = rights.target(files, path, false)) {
            rights.requireReplaceable(place, path);
            return FileVersion.of(place);
        } catch (NoSuchFileException e) {
            // Its directory comes with it.
            rights.requireCreate();
            return Optional.empty();
        }
    }

    private static void requireNext(Upload upload, long offsetBytes, Content content) {
        var stored = upload.stored();
        if (stored.placed() || upload.cancelled() || offsetBytes != stored.arrivedBytes()) {
            throw new ConflictException(
                    "offset: " + offsetBytes + " (expected: " + stored.arrivedBytes() + ", which is how far it is)");
        }
        long left = stored.sizeBytes() - offsetBytes;
        if (content.sizeBytes().orElse(0) > left) {
            throw new InvalidInputException("piece of " + content.sizeBytes().orElse(0) + " bytes (expected: at most "
                    + left + ", which is what is missing)");
        }
    }

    private void add(Upload upload, Content content, WriteRights rights, boolean overwrite) {
        var path = upload.stored().path();
        ServerFiles.change("written", path, () -> {
            try (var file = upload.arrival().open()) {
                copy(content.stream(), file.position(upload.stored().arrivedBytes()), upload);
            } catch (NoSuchFileException e) {
                upload.cancel();
                throw new NotFoundException("what arrived of '" + path + "' was deleted meanwhile", e);
            } catch (IOException e) {
                throw NoDiskSpaceException.of(e, upload.volume().directory());
            }
            if (upload.stored().arrivedBytes() == upload.stored().sizeBytes()) {
                place(upload, path, rights, overwrite);
            }
        });
    }

    private void place(Upload upload, String path, WriteRights rights, boolean overwrite) throws IOException {
        boolean placed = false;
        try {
            var stored = upload.stored();
            upload.arrival()
                    .place(path, rights, stored.sizeBytes(), there -> overwrite || there.equals(stored.replaces()));
            upload.placed();
            placed = true;
        } finally {
            if (!placed) {
                // It is said to be whole only once it is in its place: the last byte may come again.
                upload.lackLast();
            }
            uploads.keep(upload);
        }
    }

    /** What arrived is kept, also when the rest does not come. */
    private void copy(InputStream in, FileChannel file, Upload upload) throws IOException {
        var buffer = new byte[BUFFER_BYTES];
        long left = upload.stored().sizeBytes() - file.position();
        long unsaved = 0;
        try {
            for (int count = in.read(buffer); count >= 0 && !upload.cancelled(); count = in.read(buffer)) {
                if (count > left) {
                    throw new InvalidInputException("piece: more bytes than are missing");
                }
                unsaved += write(file, ByteBuffer.wrap(buffer, 0, count));
                left -= count;
                if (unsaved >= SYNC_BYTES) {
                    save(file, upload, unsaved);
                    unsaved = 0;
                }
            }
        } finally {
            save(file, upload, unsaved);
        }
    }

    private static int write(FileChannel file, ByteBuffer bytes) throws IOException {
        int count = bytes.remaining();
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        return count;
    }

    private void save(FileChannel file, Upload upload, long count) throws IOException {
        if (count > 0) {
            file.force(true);
            upload.arrived(count, uploads.expiry());
            uploads.keep(upload);
        }
    }

    private WriteRights rights() {
        var rights = new WriteRights(caller, clock.instant());
        rights.requireSome();
        return rights;
    }

    private Upload mine(String id) {
        return uploads.find(id)
                .filter(this::isMine)
                .filter(upload -> !upload.cancelled())
                .orElseThrow(() -> new NotFoundException("there is no upload '" + id + "'"));
    }

    private boolean isMine(Upload upload) {
        var stored = upload.stored();
        return stored.server().equals(server) && (owner().isEmpty() || owner().equals(stored.owner()));
    }

    private Optional<String> owner() {
        return caller instanceof Caller.User user ? Optional.of(user.user().toString()) : Optional.empty();
    }
}
