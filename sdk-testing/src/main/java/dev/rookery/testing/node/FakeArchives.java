package dev.rookery.testing.node;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.file.ArchiveFormat;
import dev.rookery.api.file.FileMode;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** Real archives of the files of a fake server. */
final class FakeArchives {

    private static final int PERMISSIONS = 0777;
    private static final int FILE_MODE = 0644;
    private static final String UNKNOWN = "The archive provided is in a format Wings does not understand.";

    private FakeArchives() {}

    /** Returns the format in which a node writes what was asked for: gzip for what it does not know. */
    static ArchiveFormat written(ArchiveFormat asked) {
        return asked.equals(ArchiveFormat.ZIP) || asked.equals(ArchiveFormat.TAR_BZ2) ? asked : ArchiveFormat.TAR_GZ;
    }

    /**
     * Writes an archive.
     *
     * @param items what goes in, by the name in the archive
     */
    static byte[] pack(Map<String, FakeFiles.Item> items, ArchiveFormat format) {
        var bytes = new ByteArrayOutputStream();
        try {
            if (format.equals(ArchiveFormat.ZIP)) {
                zip(items, bytes);
            } else if (format.equals(ArchiveFormat.TAR_BZ2)) {
                tar(items, new BZip2CompressorOutputStream(bytes));
            } else {
                tar(items, new GZIPOutputStream(bytes));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an archive in memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /** Unpacks an archive into a directory. */
    static void unpack(byte[] archive, FakeFiles files, String directory) {
        forEach(archive, (name, item) -> {
            var path = FakeFiles.resolve(FakeFiles.join(directory, name));
            item.content().ifPresentOrElse(bytes -> files.write(path, bytes), () -> files.createDirectories(path));
        });
    }

    /** Gives everything in an archive, by the name it has there. */
    static void forEach(byte[] archive, BiConsumer<String, FakeFiles.Item> each) {
        try (var in = open(archive)) {
            for (ArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                var modified = entry.getLastModifiedDate().toInstant();
                var bytes = entry.isDirectory() ? null : in.readAllBytes();
                int mode = entry instanceof TarArchiveEntry tar ? tar.getMode() & PERMISSIONS : FILE_MODE;
                each.accept(entry.getName(), new FakeFiles.Item(bytes, new FileMode(mode), modified, modified));
            }
        } catch (IOException e) {
            throw new InvalidInputException(UNKNOWN, e);
        }
    }

    private static ArchiveInputStream<? extends ArchiveEntry> open(byte[] archive) throws IOException {
        var bytes = new BufferedInputStream(new ByteArrayInputStream(archive));
        return switch (FakeMime.of(archive)) {
            case "application/zip" -> new ZipArchiveInputStream(bytes);
            case "application/gzip" -> untar(new GZIPInputStream(bytes));
            case "application/x-bzip2" -> untar(new BZip2CompressorInputStream(bytes));
            default -> throw new InvalidInputException(UNKNOWN);
        };
    }

    private static TarArchiveInputStream untar(InputStream in) {
        return new TarArchiveInputStream(in);
    }

    private static void tar(Map<String, FakeFiles.Item> items, OutputStream out) throws IOException {
        try (var tar = new TarArchiveOutputStream(out)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (var item : items.entrySet()) {
                byte[] bytes = item.getValue().bytes();
                var entry = new TarArchiveEntry(
                        item.getKey() + (bytes == null ? "/" : ""),
                        bytes == null ? TarConstants.LF_DIR : TarConstants.LF_NORMAL);
                entry.setMode(item.getValue().mode().bits());
                entry.setSize(bytes == null ? 0 : bytes.length);
                tar.putArchiveEntry(entry);
                if (bytes != null) {
                    tar.write(bytes);
                }
                tar.closeArchiveEntry();
            }
        }
    }

    private static void zip(Map<String, FakeFiles.Item> items, OutputStream out) throws IOException {
        try (var zip = new ZipArchiveOutputStream(out)) {
            for (var item : items.entrySet()) {
                byte[] bytes = item.getValue().bytes();
                zip.putArchiveEntry(new ZipArchiveEntry(item.getKey() + (bytes == null ? "/" : "")));
                if (bytes != null) {
                    zip.write(bytes);
                }
                zip.closeArchiveEntry();
            }
        }
    }
}
