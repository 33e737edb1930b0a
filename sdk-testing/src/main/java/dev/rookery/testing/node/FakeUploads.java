package dev.rookery.testing.node;

import dev.rookery.api.Caller;
import dev.rookery.api.ConflictException;
import dev.rookery.api.Content;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.file.FileUpload;
import dev.rookery.api.node.FileUploads;
import dev.rookery.api.permission.Permission;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Files of a {@link FakeServer} that come in pieces. */
final class FakeUploads implements FileUploads {

    private static final int MAX = 16;
    private static final int CHUNK = 8192;

    private final FakeNode node;
    private final Supplier<FakeServer> server;
    private final FakeNodeFiles files;

    FakeUploads(FakeNode node, Supplier<FakeServer> server, FakeNodeFiles files) {
        this.node = node;
        this.server = server;
        this.files = files;
    }

    /** A file that was begun. Its bytes are touched by who has taken it. */
    static final class Begun {

        private final String path;
        private final int size;
        private final Optional<byte[]> replaces;
        private final Optional<UUID> owner;
        private final Instant expires;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final AtomicBoolean taken = new AtomicBoolean();
        private volatile boolean done;

        Begun(String path, int size, Optional<byte[]> replaces, Optional<UUID> owner, Instant expires) {
            this.path = path;
            this.size = size;
            this.replaces = replaces;
            this.owner = owner;
            this.expires = expires;
        }

        void lackLast() {
            var kept = bytes.toByteArray();
            bytes.reset();
            bytes.write(kept, 0, Math.max(0, kept.length - 1));
        }

        FileUpload shown(String id) {
            return new FileUpload(id, path, size, bytes.size(), expires);
        }
    }

    @Override
    public FileUpload begin(String path, long sizeBytes) {
        var name = files.requireWritable(path);
        var present = server.get();
        if (sizeBytes < 0 || sizeBytes > Integer.MAX_VALUE) {
            throw new InvalidInputException("size: " + sizeBytes + " (expected: 0 to " + Integer.MAX_VALUE + ")");
        }
        present.files().requireSpace(sizeBytes);
        long begun = present.uploads().values().stream()
                .filter(upload -> !upload.done)
                .count();
        if (begun >= MAX) {
            throw new InvalidInputException("uploads: " + begun + " are begun already (expected: at most " + MAX + ")");
        }
        var id = UUID.randomUUID().toString();
        var expires = node.shared().clock.instant().plus(Duration.ofDays(1));
        var upload = new Begun(name, (int) sizeBytes, content(name), owner(), expires);
        present.uploads().put(id, upload);
        if (sizeBytes == 0) {
            finish(upload, false);
        }
        return upload.shown(id);
    }

    @Override
    public FileUpload get(String id) {
        requireSome();
        return mine(id).shown(id);
    }

    @Override
    public FileUpload append(String id, long offsetBytes, Content content, boolean overwrite) {
        try (content) {
            requireSome();
            var upload = mine(id);
            if (!upload.taken.compareAndSet(false, true)) {
                throw new ConflictException("upload " + id + ": another piece is being added");
            }
            try {
                add(upload, offsetBytes, content, overwrite);
            } finally {
                upload.taken.set(false);
            }
            return upload.shown(id);
        } catch (IOException e) {
            throw new UnavailableException("upload " + id + ": the piece broke off: " + e.getMessage(), e);
        }
    }

    @Override
    public void cancel(String id) {
        requireSome();
        server.get().uploads().computeIfPresent(id, (same, upload) -> isMine(upload) ? null : upload);
    }

    private void add(Begun upload, long offsetBytes, Content content, boolean overwrite) throws IOException {
        if (upload.done || offsetBytes != upload.bytes.size()) {
            throw new ConflictException("offset: " + offsetBytes + " (expected: " + upload.bytes.size() + ")");
        }
        if (content.sizeBytes().orElse(0) > upload.size - offsetBytes) {
            throw new InvalidInputException("piece: more bytes than are missing");
        }
        var in = content.stream();
        byte[] chunk = new byte[CHUNK];
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            if (upload.bytes.size() + count > upload.size) {
                throw new InvalidInputException("piece: more bytes than are missing");
            }
            upload.bytes.write(chunk, 0, count);
        }
        if (upload.bytes.size() == upload.size) {
            finish(upload, overwrite);
        }
    }

    @SuppressWarnings("ReferenceEquality") // the same bytes written again are another content
    private void finish(Begun upload, boolean overwrite) {
        files.requireWritable(upload.path);
        var there = content(upload.path);
        if (!overwrite && there.isPresent() && there.get() != upload.replaces.orElse(null)) {
            upload.lackLast();
            throw new ConflictException("file '" + upload.path + "' was changed by somebody since its upload began");
        }
        files.write(upload.path, Content.of(upload.bytes.toByteArray()));
        upload.done = true;
    }

    private Optional<byte[]> content(String path) {
        return server.get().files().find(path).flatMap(FakeFiles.Item::content);
    }

    private Begun mine(String id) {
        return Optional.ofNullable(server.get().uploads().get(id))
                .filter(this::isMine)
                .orElseThrow(() -> new NotFoundException("there is no upload '" + id + "'"));
    }

    private boolean isMine(Begun upload) {
        return owner().isEmpty() || owner().equals(upload.owner);
    }

    private Optional<UUID> owner() {
        return node.caller() instanceof Caller.User user ? Optional.of(user.user()) : Optional.empty();
    }

    private void requireSome() {
        var now = node.shared().clock.instant();
        if (!node.caller().may(Permission.FILE_CREATE, now)) {
            node.caller().require(Permission.FILE_UPDATE, now);
        }
    }
}
