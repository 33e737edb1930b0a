package dev.rookery.daemon.internal.sftp;

import dev.rookery.daemon.internal.file.FileTree;
import dev.rookery.daemon.internal.file.OpenFile;
import dev.rookery.daemon.internal.file.TreeSpace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/** The requests beyond the draft that clients of today use. Used by one thread. Source: OpenSSH, PROTOCOL, section 4. */
final class Extensions {

    private static final Map<String, String> OFFERED = Map.of(
            "posix-rename@openssh.com", "1",
            "statvfs@openssh.com", "2",
            "fstatvfs@openssh.com", "2",
            "hardlink@openssh.com", "1",
            "fsync@openssh.com", "1",
            "limits@openssh.com", "1",
            "copy-data", "1");

    private static final int BLOCK_BYTES = 4096;
    private static final int NAME_MAX = 255;
    private static final int NO_SETUID = 2;
    /** Nobody counts files here. */
    private static final long FILES = 1L << 32;

    private static final int COPY_BYTES = 128 << 10;

    private final FileTree tree;
    private final Handles handles;
    private final Notes notes;

    Extensions(FileTree tree, Handles handles, Notes notes) {
        this.tree = tree;
        this.handles = handles;
        this.notes = notes;
    }

    /** Returns the packet that says which version is spoken, and what beyond it. */
    PacketWriter offered() {
        var packet = PacketWriter.version();
        OFFERED.forEach((name, version) -> packet.text(name).text(version));
        return packet;
    }

    PacketWriter answer(int id, PacketReader packet) throws IOException {
        var name = packet.text();
        switch (name) {
            case "posix-rename@openssh.com" -> {
                var from = Requests.path(packet);
                var to = Requests.path(packet);
                tree.rename(from, to, true);
                notes.renamed(from, to);
            }
            case "hardlink@openssh.com" -> {
                var existing = Requests.path(packet);
                var path = Requests.path(packet);
                tree.hardLink(path, existing);
                notes.created(path);
            }
            case "fsync@openssh.com" -> handles.file(packet.string()).sync();
            case "copy-data" -> copy(packet);
            case "statvfs@openssh.com" -> {
                // Asked for any path, but there is one space for all.
                tree.status(Requests.path(packet), true);
                return space(id, tree.space());
            }
            case "fstatvfs@openssh.com" -> {
                handles.file(packet.string());
                return space(id, tree.space());
            }
            case "limits@openssh.com" -> {
                return PacketWriter.of(SftpCodes.SSH_FXP_EXTENDED_REPLY, id)
                        .u64(Requests.PACKET_MAX)
                        .u64(Requests.CHUNK_MAX)
                        .u64(Requests.CHUNK_MAX)
                        .u64(Handles.MAX);
            }
            default -> {
                return Requests.status(id, SftpCodes.SSH_FX_OP_UNSUPPORTED, "Operation unsupported");
            }
        }
        return Requests.ok(id);
    }

    private static PacketWriter space(int id, TreeSpace space) {
        long total = space.totalBytes() / BLOCK_BYTES;
        long free = space.freeBytes() / BLOCK_BYTES;
        return PacketWriter.of(SftpCodes.SSH_FXP_EXTENDED_REPLY, id)
                .u64(BLOCK_BYTES)
                .u64(BLOCK_BYTES)
                .u64(total)
                .u64(free)
                .u64(free)
                .u64(FILES)
                .u64(FILES)
                .u64(FILES)
                .u64(0)
                .u64(NO_SETUID)
                .u64(NAME_MAX);
    }

    /** Source: draft-ietf-secsh-filexfer-extensions-00, section 7. */
    private void copy(PacketReader packet) throws IOException {
        var from = handles.file(packet.string());
        long at = packet.offset();
        long length = packet.offset();
        var to = handles.file(packet.string());
        long target = packet.offset();
        if (!from.opening().read() || !to.opening().write()) {
            throw new IOException("copy-data (expected: one file that is open for reading, one for writing)");
        }
        if (from == to) {
            throw new IOException("copy-data (expected: two files)");
        }
        long end = length == 0 ? Long.MAX_VALUE : Math.addExact(at, length);
        copy(from, at, end, to, target);
    }

    private void copy(OpenFile from, long start, long end, OpenFile to, long target) throws IOException {
        var buffer = ByteBuffer.allocateDirect(COPY_BYTES);
        // What is copied is what was there: the source may be the target by another name.
        long last = Math.min(end, from.size());
        for (long at = start; at < last; ) {
            buffer.clear().limit((int) Math.min(COPY_BYTES, last - at));
            int count = from.read(buffer, at);
            if (count < 0) {
                return;
            }
            tree.require();
            to.write(buffer.flip(), target + at - start);
            at += count;
        }
    }
}
