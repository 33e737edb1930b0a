package dev.rookery.daemon.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.file.ArchiveFormat;
import dev.rookery.api.file.CompressRequest;
import dev.rookery.api.file.FileEntry;
import dev.rookery.daemon.internal.file.Denylist;
import dev.rookery.daemon.internal.file.DiskSpace;
import dev.rookery.daemon.internal.file.Ownership;
import dev.rookery.daemon.internal.file.Volume;
import dev.rookery.daemon.internal.job.JobProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The files of a server, with what packs and unpacks them. */
final class ArchiveGround implements AutoCloseable, JobProgress {

    final Path root;
    final DiskSpace space;
    final List<String> leftovers = new ArrayList<>();
    final ExecutorService threads = Executors.newCachedThreadPool();
    private final CancelSignal cancel = CancelSignal.create();
    private final Volume volume;
    private final Archives archives;
    long total;
    long done;
    String note = "";

    ArchiveGround(Path root, ArchiveLimits limits, long limitBytes, String... denied) throws IOException {
        this.root = root;
        this.space = new DiskSpace(() -> limitBytes);
        int uid = (Integer) Files.getAttribute(root, "unix:uid");
        int gid = (Integer) Files.getAttribute(root, "unix:gid");
        this.volume = new Volume(root, Denylist.of(List.of(denied)), Ownership.of(uid, gid), space);
        this.archives = new Archives(limits, threads, 2, Clock.systemUTC());
    }

    static ArchiveGround of(Path root) throws IOException {
        return new ArchiveGround(root, ArchiveLimits.USUAL, 0);
    }

    Volume volume() {
        return volume;
    }

    Archives archives() {
        return archives;
    }

    FileEntry pack(ArchiveFormat format, String directory, String... files) throws IOException {
        var request = new CompressRequest(directory, List.of(files), Optional.of("packed"), format);
        return archives.compress(volume, request, archives.name(request), this);
    }

    void unpack(String directory, String file) throws IOException {
        archives.decompress(volume, directory, file, this);
    }

    /** Writes a file, with its directories. */
    Path write(String path, String content) throws IOException {
        var file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Fails if a hidden file of ours is left. */
    void requireNothingHidden() throws IOException {
        try (var files = Files.walk(root)) {
            assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith(".rookery-"));
        }
    }

    /** Describes everything below a directory: kinds, permissions, times, contents, targets, and which names are of one file. */
    static Map<String, String> tree(Path top, boolean exactTimes) throws IOException {
        var tree = new TreeMap<String, String>();
        var inodes = new TreeMap<Long, String>();
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes found) throws IOException {
                if (!directory.equals(top)) {
                    tree.put(top.relativize(directory).toString(), "directory " + common(directory, exactTimes));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes found) throws IOException {
                var name = top.relativize(file).toString();
                if (found.isSymbolicLink()) {
                    tree.put(name, "link " + Files.readSymbolicLink(file));
                    return FileVisitResult.CONTINUE;
                }
                long inode = (Long) Files.getAttribute(file, "unix:ino");
                var first = inodes.putIfAbsent(inode, name);
                tree.put(name, common(file, exactTimes) + " " + digest(file) + (first == null ? "" : " = " + first));
                return FileVisitResult.CONTINUE;
            }
        });
        return tree;
    }

    private static String common(Path file, boolean exactTimes) throws IOException {
        var time = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file)) + " "
                + (exactTimes ? time : time.getEpochSecond());
    }

    private static String digest(Path file) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)), 0, 8) + " " + Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void total(long bytes) {
        total = bytes;
    }

    @Override
    public void add(long bytes) {
        done += bytes;
    }

    @Override
    public void path(String path) {
        assertThat(path).isNotEmpty();
    }

    @Override
    public void note(String text) {
        note = text;
    }

    @Override
    public void leftover(String path) {
        leftovers.add(path);
    }

    @Override
    public void whole(String path) {
        assertThat(leftovers).contains(path);
    }

    @Override
    public CancelSignal cancel() {
        return cancel;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
