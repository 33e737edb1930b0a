package dev.rookery.wings.calagopus;

import static java.util.Objects.requireNonNull;

/**
 * How a file's checksum is computed. An open set. Source: node API §2.10.2.
 *
 * @param name as on the wire
 */
public record FingerprintAlgorithm(String name) {

    /** MD5. */
    public static final FingerprintAlgorithm MD5 = new FingerprintAlgorithm("md5");
    /** CRC-32. */
    public static final FingerprintAlgorithm CRC32 = new FingerprintAlgorithm("crc32");
    /** SHA-1. */
    public static final FingerprintAlgorithm SHA1 = new FingerprintAlgorithm("sha1");
    /** SHA-224. */
    public static final FingerprintAlgorithm SHA224 = new FingerprintAlgorithm("sha224");
    /** SHA-256. */
    public static final FingerprintAlgorithm SHA256 = new FingerprintAlgorithm("sha256");
    /** SHA-384. */
    public static final FingerprintAlgorithm SHA384 = new FingerprintAlgorithm("sha384");
    /** SHA-512. */
    public static final FingerprintAlgorithm SHA512 = new FingerprintAlgorithm("sha512");
    /** What CurseForge knows files by. */
    public static final FingerprintAlgorithm CURSEFORGE = new FingerprintAlgorithm("curseforge");

    /** Checks its argument. */
    public FingerprintAlgorithm {
        requireNonNull(name, "name");
    }
}
