package dev.rookery.proxy.internal.nginx;

import dev.rookery.kit.DurableFiles;
import dev.rookery.proxy.apply.Candidate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Configurations side by side, each in a folder that is never changed, and a link to the one that counts. */
public final class NginxReleases {

    private static final int KEPT = 5;

    private final Path directory;
    private final Optional<String> reader;

    /**
     * Creates what keeps them.
     *
     * @param reader who reads the files of users, if that is somebody else
     */
    public NginxReleases(Path directory, Optional<String> reader) {
        this.directory = directory;
        this.reader = reader;
    }

    /** Returns the file that nginx is started with. */
    public Path current() {
        return link().resolve("nginx.conf");
    }

    private Path link() {
        return directory.resolve("current");
    }

    /** Returns the name of the one that counts; nothing if none does. */
    public Optional<String> name() throws IOException {
        return Files.isSymbolicLink(link())
                ? Optional.of(String.valueOf(Files.readSymbolicLink(link()).getFileName()))
                : Optional.empty();
    }

    /** Returns the one that counts. */
    public Candidate read(String name) throws IOException {
        var files = new TreeMap<String, String>();
        var folder = folder(name);
        if (Files.isDirectory(folder)) {
            try (var all = Files.list(folder)) {
                for (var file : all.toList()) {
                    files.put(String.valueOf(file.getFileName()), Files.readString(file));
                }
            }
        }
        int dash = name.indexOf('-');
        boolean ours = dash > 0 && name.substring(0, dash).matches("\\d{1,18}");
        return new Candidate(ours ? Long.parseLong(name.substring(0, dash)) : 0, files);
    }

    /** Writes one whole, unless it is there whole. */
    public String write(Candidate candidate) throws IOException {
        var name = candidate.revision() + "-" + digest(candidate.files());
        var folder = folder(name);
        if (Files.isDirectory(folder) && !read(name).files().equals(candidate.files())) {
            delete(folder);
        }
        if (!Files.isDirectory(folder)) {
            DurableFiles.createDirectories(folder.resolveSibling("."));
            var made = Files.createTempDirectory(folder.getParent(), "new");
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
            for (var file : candidate.files().entrySet()) {
                write(made.resolve(file.getKey()), file.getValue());
            }
            Files.move(made, folder, StandardCopyOption.ATOMIC_MOVE);
            DurableFiles.syncDirectory(directory.resolve("releases"));
        }
        return name;
    }

    private void write(Path file, String text) throws IOException {
        boolean users = String.valueOf(file.getFileName()).startsWith("users-");
        DurableFiles.write(
                file, text.getBytes(StandardCharsets.UTF_8), users ? DurableFiles.PRIVATE : DurableFiles.READABLE);
        if (users && reader.isPresent()) {
            try {
                var names = file.getFileSystem().getUserPrincipalLookupService();
                Files.setOwner(file, names.lookupPrincipalByName(reader.get()));
            } catch (UserPrincipalNotFoundException ignored) {
                // nginx says so itself when it tries this.
            }
        }
    }

    /** Returns the file of one that nginx is to try. */
    public Path main(String name) {
        return folder(name).resolve("nginx.conf");
    }

    /** Makes one count, from one moment to the next. */
    public void choose(String name) throws IOException {
        var made = directory.resolve("current.new");
        Files.deleteIfExists(made);
        Files.createSymbolicLink(made, Path.of("releases", name));
        Files.move(made, link(), StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.syncDirectory(directory);
    }

    /** Makes none count. */
    public void chooseNone() throws IOException {
        if (Files.deleteIfExists(link())) {
            DurableFiles.syncDirectory(directory);
        }
    }

    /** Deletes all but the last ones, and never the one that counts. */
    public void prune() throws IOException {
        var counts = name().orElse("");
        try (var all = Files.list(directory.resolve("releases"))) {
            var old = all.filter(folder -> !String.valueOf(folder.getFileName()).equals(counts))
                    .sorted(Comparator.comparingLong(NginxReleases::time).reversed())
                    .skip(KEPT)
                    .toList();
            for (var folder : old) {
                try {
                    delete(folder);
                } catch (NoSuchFileException ignored) {
                    // Somebody who only tries deleted it meanwhile.
                }
            }
        }
    }

    /** Deletes one that nginx did not take. */
    public void delete(String name) throws IOException {
        if (!name().equals(Optional.of(name)) && Files.isDirectory(folder(name))) {
            delete(folder(name));
        }
    }

    /** Whoever ends in between leaves nothing under its name. */
    private static void delete(Path folder) throws IOException {
        var gone = folder.resolveSibling("gone-" + UUID.randomUUID());
        Files.move(folder, gone, StandardCopyOption.ATOMIC_MOVE);
        try (var files = Files.list(gone)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(gone);
    }

    private Path folder(String name) {
        return directory.resolve("releases").resolve(name);
    }

    private static long time(Path folder) {
        try {
            return Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS).toMillis();
        } catch (IOException ignored) {
            // Deleted meanwhile: as good as old.
            return 0;
        }
    }

    private static String digest(Map<String, String> files) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            files.forEach((name, text) -> {
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                digest.update(text.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            });
            return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
