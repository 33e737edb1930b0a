package dev.rookery.daemon;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file system of its own with room for a few megabytes, to be filled. Needs root and a loop device. */
public final class SmallDisk implements AutoCloseable {

    private static final int BLOCK = 1024;
    private static final int ROUNDS = 3;

    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /** Makes a disk in a file and mounts it beside that. */
    public static SmallDisk mount(Path folder, int mebibytes) throws IOException {
        var image = folder.resolve("disk.img");
        var directory = Files.createDirectory(folder.resolve("disk"));
        try (var file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength((long) mebibytes << 20);
        }
        run("mkfs.ext4", "-q", "-F", "-m", "0", "-b", Integer.toString(BLOCK), image.toString());
        run("mount", "-o", "loop", image.toString(), directory.toString());
        return new SmallDisk(directory);
    }

    public Path directory() {
        return directory;
    }

    /** Takes all the room there is, to the last block. */
    public void fill() throws IOException {
        fill(filler());
    }

    /** Takes all the room there is with one file. */
    public void fill(Path file) throws IOException {
        try (var out = new FileOutputStream(file.toFile(), true)) {
            // Blocks that were promised to others come back a moment later.
            for (int round = 0; round < ROUNDS; round++) {
                for (int size = 256 * BLOCK; size >= BLOCK; size /= 2) {
                    fill(out, new byte[size]);
                }
            }
        }
    }

    private static void fill(FileOutputStream out, byte[] piece) {
        try {
            while (true) {
                out.write(piece);
                out.getFD().sync();
            }
        } catch (IOException ignored) {
            // Full, for pieces of this size.
        }
    }

    /** Gives the room back. */
    public void free() throws IOException {
        Files.deleteIfExists(filler());
    }

    @Override
    public void close() throws IOException {
        run("umount", "-l", directory.toString());
    }

    private Path filler() {
        return directory.resolve("filler");
    }

    private static void run(String... command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var output = process.getInputStream()) {
            var text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(List.of(command) + ": " + text);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
