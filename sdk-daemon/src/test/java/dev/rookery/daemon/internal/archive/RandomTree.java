package dev.rookery.daemon.internal.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Files as nobody would make them by hand: of every kind that is kept, with odd names, the same ones for the same seed. */
final class RandomTree {

    private static final List<String> NAMES = List.of(
            "plain.txt",
            "with space",
            "ümläut",
            "日本語",
            "emoji😀",
            "-dash",
            "quote'\"",
            "back\\slash",
            "new\nline",
            "a".repeat(200),
            ".hidden",
            "trailing.",
            "percent%20");
    private static final List<String> MODES = List.of("rw-r--r--", "rwxr-xr-x", "rw-------", "rwxrwxrwx");

    private final Random random;
    private final boolean links;
    private final List<Path> files = new ArrayList<>();

    /**
     * Creates it.
     *
     * @param links whether there are hard links
     */
    RandomTree(long seed, boolean links) {
        this.random = new Random(seed);
        this.links = links;
    }

    /** Fills a new directory. */
    void fill(Path top) throws IOException {
        Files.createDirectories(top);
        directory(top, 0);
        var deep = top;
        for (int i = 0; i < 30; i++) {
            deep = deep.resolve("level" + i);
        }
        Files.createDirectories(deep);
        Files.write(deep.resolve("deep.txt"), text(100));
    }

    private void directory(Path directory, int depth) throws IOException {
        int count = 2 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            var child = directory.resolve(i + NAMES.get(random.nextInt(NAMES.size())));
            switch (random.nextInt(8)) {
                case 0, 1 -> {
                    Files.createDirectory(child);
                    if (depth < 4 && random.nextInt(4) > 0) {
                        directory(child, depth + 1);
                    }
                    Files.setPosixFilePermissions(child, PosixFilePermissions.fromString("rwxr-x---"));
                }
                case 2 -> Files.createSymbolicLink(child, Path.of("some/where inside"));
                case 3 -> sparse(child);
                case 4 -> hardLink(child);
                default -> file(child);
            }
            if (!Files.isSymbolicLink(child)) {
                Files.setLastModifiedTime(
                        child,
                        FileTime.from(Instant.ofEpochSecond(
                                1_500_000_000L + random.nextInt(200_000_000), random.nextInt(1_000_000_000))));
            }
        }
    }

    private void file(Path file) throws IOException {
        int size = random.nextInt(5) == 0 ? 700_000 + random.nextInt(100_000) : random.nextInt(5000);
        Files.write(file, random.nextBoolean() ? text(size) : noise(size));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(MODES.get(random.nextInt(MODES.size()))));
        files.add(file);
    }

    private void hardLink(Path file) throws IOException {
        if (!links || files.isEmpty()) {
            file(file);
            return;
        }
        Files.createLink(file, files.get(random.nextInt(files.size())));
    }

    private void sparse(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text(100)), 1 << 20);
            if (random.nextBoolean()) {
                channel.write(ByteBuffer.wrap(new byte[1]), 2 << 20);
            }
        }
    }

    private byte[] text(int size) {
        var text = new StringBuilder();
        while (text.length() < size) {
            text.append("line ").append(random.nextInt(1000)).append(" of a log\n");
        }
        return text.substring(0, size).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] noise(int size) {
        var bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }
}
