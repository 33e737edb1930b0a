package dev.rookery.daemon.internal.file;

import dev.rookery.api.CancelSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * One count of what a server's files take: the sizes of regular files, as the daemons of the field count them, which for a file with holes is
 * more than it takes of the disk, and what is reserved beyond them. A file with several names counts once. Used once, by one thread.
 */
final class DiskScan implements TreeWalk.Visitor {

    /** A server may make names without end; beyond so many files with several, each name counts. */
    private static final int LINKED_MAX = 1 << 20;

    private final Pace pace;
    private final CancelSignal cancel;
    private final int depthMax;
    private final Map<Long, LongSet> linked = new HashMap<>();
    private int linkedFiles;
    private boolean tooDeep;
    private long bytes;

    /**
     * Creates it.
     *
     * @param pace is asked before each file
     * @param cancel ends it early
     */
    DiskScan(Pace pace, CancelSignal cancel) {
        this(pace, cancel, TreeWalk.DEPTH_MAX);
    }

    DiskScan(Pace pace, CancelSignal cancel, int depthMax) {
        this.pace = pace;
        this.cancel = cancel;
        this.depthMax = depthMax;
    }

    /**
     * Counts what is below a directory and takes the result.
     *
     * @return whether it came to the end
     * @throws IOException if not all of it can be read
     */
    boolean run(Path root, DiskSpace space) throws IOException {
        var count = space.count();
        try (var directory = new OpenDirectory(NativeFiles.openDirectory(root.toString()))) {
            if (!new TreeWalk(cancel, this, depthMax).below(directory.descriptor())) {
                return false;
            }
        }
        if (tooDeep) {
            count.tooDeep(bytes);
        } else {
            count.done(bytes);
        }
        return true;
    }

    @Override
    public void missed(String name, TreeWalk.Miss why) throws IOException {
        switch (why) {
            case DEPTH -> tooDeep = true;
            case RIGHTS -> throw new IOException("directory '" + name + "' may not be read");
            case MOVED -> throw new IOException("directory '" + name + "' was moved away while it was looked through");
        }
    }

    @Override
    public TreeWalk.Next visit(TreeWalk at) throws IOException {
        pace.step();
        var type = at.type();
        if (type == DirectoryReader.Type.REGULAR || type == DirectoryReader.Type.UNKNOWN) {
            var status = at.status();
            if (status.regular() && (status.links() <= 1 || first(status))) {
                bytes += status.countedBytes();
            }
        }
        return TreeWalk.Next.ENTER;
    }

    private boolean first(FileStatus status) {
        if (linkedFiles == LINKED_MAX) {
            return true;
        }
        boolean added =
                linked.computeIfAbsent(status.device(), device -> new LongSet()).add(status.inode());
        linkedFiles += added ? 1 : 0;
        return added;
    }
}
