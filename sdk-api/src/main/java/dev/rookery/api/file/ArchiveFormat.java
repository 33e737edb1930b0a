package dev.rookery.api.file;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * A format of archives. An open set; what a node does not know it may replace by {@link #TAR_GZ}, as the Go daemons do.
 *
 * @param extension lower-case, without a leading dot
 */
public record ArchiveFormat(@JsonValue String extension) {

    /** Gzip; the only one that Pterodactyl's daemon writes. */
    public static final ArchiveFormat TAR_GZ = new ArchiveFormat("tar.gz");
    /** Zip. */
    public static final ArchiveFormat ZIP = new ArchiveFormat("zip");
    /** Bzip2. */
    public static final ArchiveFormat TAR_BZ2 = new ArchiveFormat("tar.bz2");
    /** Xz. */
    public static final ArchiveFormat TAR_XZ = new ArchiveFormat("tar.xz");
    /** Without compression; Calagopus only. */
    public static final ArchiveFormat TAR = new ArchiveFormat("tar");
    /** LZ4; Calagopus only. */
    public static final ArchiveFormat TAR_LZ4 = new ArchiveFormat("tar.lz4");
    /** Zstandard; Calagopus only. */
    public static final ArchiveFormat TAR_ZSTD = new ArchiveFormat("tar.zst");
    /** 7-Zip; Calagopus only. */
    public static final ArchiveFormat SEVEN_ZIP = new ArchiveFormat("7z");

    /** Takes a leading dot and capitals away, and the short forms {@code tgz}, {@code tbz2} and {@code txz}. */
    @JsonCreator
    public ArchiveFormat {
        var plain = requireNonNull(extension, "extension").toLowerCase(Locale.ROOT);
        plain = plain.startsWith(".") ? plain.substring(1) : plain;
        extension = switch (plain) {
            case "tgz" -> "tar.gz";
            case "tbz2" -> "tar.bz2";
            case "txz" -> "tar.xz";
            default -> plain;
        };
    }

    @Override
    public String toString() {
        return extension;
    }
}
