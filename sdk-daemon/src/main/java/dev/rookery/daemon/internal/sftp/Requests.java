package dev.rookery.daemon.internal.sftp;

import dev.rookery.api.RookeryException;
import dev.rookery.daemon.internal.file.FileListing;
import dev.rookery.daemon.internal.file.FileOpening;
import dev.rookery.daemon.internal.file.FileTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the requests of one client, each with one packet, in order. Used by one thread. Source: draft-ietf-secsh-filexfer-02. */
final class Requests {

    /** The longest packet that is taken or sent, as OpenSSH has it. */
    static final int PACKET_MAX = 256 << 10;
    /** The most that is read or written at once. */
    static final int CHUNK_MAX = PACKET_MAX - 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Requests.class);
    private static final int NAMES_BYTES = 32 << 10;
    private static final int FILE_MODE = 0644;
    private static final int DIRECTORY_MODE = 0755;
    /** Before the data of a write: type, id, length of the handle. */
    private static final int WRITE_HEAD = 1 + 2 * Integer.BYTES;

    private static final int HANDLE_MAX = 256;

    private final FileTree tree;
    private final Runnable permission;
    private final Handles handles;
    private final Notes notes;
    private final Clock clock;
    private final Answers out;
    private final Extensions extensions;
    private @Nullable ByteBuffer chunk;
    private boolean begun;

    /**
     * Creates it.
     *
     * @param permission refuses, before each request, once nothing may be done any more
     * @param notes hears what was changed
     * @param out takes the answers
     */
    Requests(FileTree tree, Runnable permission, Handles handles, Notes notes, Clock clock, Answers out) {
        this.tree = tree;
        this.permission = permission;
        this.handles = handles;
        this.notes = notes;
        this.clock = clock;
        this.out = out;
        this.extensions = new Extensions(tree, handles, notes);
    }

    /**
     * Answers one packet, which is whole.
     *
     * @param length of the packet at the beginning of what has come in, without that of the length itself
     * @throws PacketReader.BadPacketException if it is none, after which nothing can be understood any more
     */
    void answer(InboundBytes in, int length) throws IOException {
        int type = in.copy(0, 1).get();
        if (!begun) {
            if ((type & 0xff) != SftpCodes.SSH_FXP_INIT) {
                throw new PacketReader.BadPacketException("type " + (type & 0xff) + " before the first one");
            }
            begun = true;
            out.write(extensions.offered().packet());
        } else if ((type & 0xff) == SftpCodes.SSH_FXP_WRITE) {
            write(in, length);
        } else {
            var packet = new PacketReader(in.copy(0, length));
            int request = packet.u8();
            int id = packet.u32();
            attempt(id, () -> answer(request, id, packet));
        }
        in.consume(length);
    }

    private @Nullable PacketWriter answer(int type, int id, PacketReader packet) throws IOException {
        permission.run();
        return switch (type) {
            case SftpCodes.SSH_FXP_OPEN -> open(id, packet);
            case SftpCodes.SSH_FXP_CLOSE -> close(id, packet);
            case SftpCodes.SSH_FXP_READ -> read(id, packet);
            case SftpCodes.SSH_FXP_LSTAT -> attributes(id).attributes(tree.status(path(packet), false));
            case SftpCodes.SSH_FXP_STAT -> attributes(id).attributes(tree.status(path(packet), true));
            case SftpCodes.SSH_FXP_FSTAT ->
                attributes(id).attributes(handles.file(packet.string()).status());
            case SftpCodes.SSH_FXP_SETSTAT -> {
                var path = path(packet);
                var change = packet.attributes();
                tree.change(path, change);
                if (change.sizeBytes().isPresent()) {
                    notes.written(path);
                }
                yield ok(id);
            }
            case SftpCodes.SSH_FXP_FSETSTAT -> {
                var file = handles.file(packet.string());
                if (!file.opening().write()) {
                    throw new IOException("the file is open for reading only");
                }
                file.change(packet.attributes());
                yield ok(id);
            }
            case SftpCodes.SSH_FXP_OPENDIR -> {
                var path = path(packet);
                yield handle(id, handles.add(() -> tree.list(path)));
            }
            case SftpCodes.SSH_FXP_READDIR -> names(id, handles.directory(packet.string()));
            case SftpCodes.SSH_FXP_REALPATH -> oneName(id, path(packet));
            case SftpCodes.SSH_FXP_READLINK -> oneName(id, tree.readLink(path(packet)));
            case SftpCodes.SSH_FXP_EXTENDED -> extensions.answer(id, packet);
            default -> change(type, id, packet);
        };
    }

    private PacketWriter change(int type, int id, PacketReader packet) throws IOException {
        switch (type) {
            case SftpCodes.SSH_FXP_REMOVE -> {
                var path = path(packet);
                tree.remove(path);
                notes.deleted(path);
            }
            case SftpCodes.SSH_FXP_RMDIR -> {
                var path = path(packet);
                tree.removeDirectory(path);
                notes.deleted(path);
            }
            case SftpCodes.SSH_FXP_MKDIR -> {
                var path = path(packet);
                tree.createDirectory(path, packet.attributes().mode().orElse(DIRECTORY_MODE));
                notes.directory(path);
            }
            case SftpCodes.SSH_FXP_RENAME -> {
                var from = path(packet);
                var to = path(packet);
                tree.rename(from, to, false);
                notes.renamed(from, to);
            }
            case SftpCodes.SSH_FXP_SYMLINK -> {
                // The other way round than the draft has it, as OpenSSH and therefore everybody does.
                var target = packet.text();
                var path = path(packet);
                tree.link(path, target);
                notes.created(path);
            }
            default -> {
                return status(id, SftpCodes.SSH_FX_OP_UNSUPPORTED, "Operation unsupported");
            }
        }
        return ok(id);
    }

    private PacketWriter open(int id, PacketReader packet) throws IOException {
        var path = path(packet);
        int flags = packet.u32();
        boolean append = (flags & SftpCodes.SSH_FXF_APPEND) != 0;
        boolean create = (flags & SftpCodes.SSH_FXF_CREAT) != 0;
        var opening = new FileOpening(
                (flags & SftpCodes.SSH_FXF_READ) != 0,
                (flags & SftpCodes.SSH_FXF_WRITE) != 0 || append,
                append,
                create,
                (flags & SftpCodes.SSH_FXF_TRUNC) != 0,
                create && (flags & SftpCodes.SSH_FXF_EXCL) != 0,
                packet.attributes().mode().orElse(FILE_MODE));
        var handle = handles.add(() -> tree.open(path, opening));
        var file = handles.file(handle);
        if (file.created()) {
            notes.created(path);
        } else if (opening.write() || opening.truncate()) {
            notes.written(path);
        }
        return handle(id, handle);
    }

    private PacketWriter close(int id, PacketReader packet) throws IOException {
        handles.close(packet.string());
        return ok(id);
    }

    private @Nullable PacketWriter read(int id, PacketReader packet) throws IOException {
        var file = handles.file(packet.string());
        long offset = packet.offset();
        int length = (int) Math.min(CHUNK_MAX, packet.length());
        if (!file.opening().read()) {
            throw new IOException("the file is open for writing only");
        }
        var bytes = chunk();
        int count = file.read(bytes.clear().limit(length), offset);
        if (count < 0) {
            return status(id, SftpCodes.SSH_FX_EOF, "End of file");
        }
        out.write(PacketWriter.dataHead(id, count));
        out.write(bytes.flip());
        return null;
    }

    private ByteBuffer chunk() {
        var present = chunk;
        if (present == null) {
            present = ByteBuffer.allocateDirect(CHUNK_MAX);
            chunk = present;
        }
        return present;
    }

    /** Keeps no memory until something is read again. */
    void rest() {
        chunk = null;
    }

    /** The data is not copied: it goes to the file from where the network put it. */
    private void write(InboundBytes in, int length) throws IOException {
        var head = new PacketReader(in.copy(0, Math.min(length, WRITE_HEAD)));
        head.u8();
        int id = head.u32();
        long handleLength = head.length();
        long before = WRITE_HEAD + handleLength + Long.BYTES + Integer.BYTES;
        if (handleLength > HANDLE_MAX || before > length) {
            throw new PacketReader.BadPacketException("a write of " + length + " bytes");
        }
        int position = (int) before;
        var rest = in.copy(WRITE_HEAD, position - WRITE_HEAD);
        var handle = new byte[(int) handleLength];
        rest.get(handle);
        var numbers = new PacketReader(rest);
        long offset = numbers.offset();
        long said = numbers.length();
        if (said > length - before) {
            throw new PacketReader.BadPacketException("a write of more bytes than it has");
        }
        // Some clients send their whole buffer, whatever there is in it; what is beyond the length is nothing.
        int count = (int) said;
        attempt(id, () -> {
            permission.run();
            var file = handles.file(handle);
            if (!file.opening().write()) {
                throw new IOException("the file is open for reading only");
            }
            file.write(in.view(position, count), offset);
            return ok(id);
        });
    }

    private PacketWriter names(int id, FileListing listing) throws IOException {
        var now = clock.instant();
        var packet = PacketWriter.of(SftpCodes.SSH_FXP_NAME, id);
        int place = packet.size();
        packet.u32(0);
        int count = 0;
        while (packet.size() < NAMES_BYTES) {
            Optional<FileListing.Entry> entry = listing.next();
            if (entry.isEmpty()) {
                break;
            }
            var found = entry.get();
            packet.text(found.name())
                    .text(LongName.of(found.name(), found.status(), now))
                    .attributes(found.status());
            count++;
        }
        return count == 0 ? status(id, SftpCodes.SSH_FX_EOF, "No more files") : packet.u32At(place, count);
    }

    private static PacketWriter oneName(int id, String name) {
        return PacketWriter.of(SftpCodes.SSH_FXP_NAME, id)
                .u32(1)
                .text(name)
                .text(name)
                .u32(0);
    }

    private static PacketWriter attributes(int id) {
        return PacketWriter.of(SftpCodes.SSH_FXP_ATTRS, id);
    }

    private static PacketWriter handle(int id, byte[] handle) {
        return PacketWriter.of(SftpCodes.SSH_FXP_HANDLE, id).string(handle);
    }

    static PacketWriter ok(int id) {
        return status(id, SftpCodes.SSH_FX_OK, "Success");
    }

    static PacketWriter status(int id, int code, String text) {
        return PacketWriter.of(SftpCodes.SSH_FXP_STATUS, id)
                .u32(code)
                .text(text)
                .text("en");
    }

    static String path(PacketReader packet) {
        return SftpPath.of(packet.text());
    }

    private void attempt(int id, Answer answer) throws IOException {
        PacketWriter packet;
        try {
            packet = answer.write();
        } catch (OutboundBytes.SendException e) {
            throw e;
        } catch (IOException e) {
            packet = failure(id, Failure.of(e));
        } catch (RookeryException e) {
            packet = failure(id, Failure.of(e));
        } catch (UnsupportedOperationException e) {
            packet = failure(id, new Failure(SftpCodes.SSH_FX_OP_UNSUPPORTED, String.valueOf(e.getMessage())));
        } catch (ArithmeticException e) {
            packet = failure(id, new Failure(SftpCodes.SSH_FX_FAILURE, "beyond the longest file there can be"));
        } catch (IllegalArgumentException e) {
            // Paths and places in files that nothing can have.
            LOG.debug("what nobody can ask for", e);
            packet = failure(id, new Failure(SftpCodes.SSH_FX_FAILURE, "no such path or place in a file can be"));
        }
        if (packet != null) {
            out.write(packet.packet());
        }
    }

    private static PacketWriter failure(int id, Failure failure) {
        LOG.debug("refused: {} {}", failure.code(), ClientLog.plain(failure.text()));
        return status(id, failure.code(), failure.text());
    }

    /** Makes an answer; null if it was sent already. */
    @FunctionalInterface
    private interface Answer {
        @Nullable
        PacketWriter write() throws IOException;
    }
}
