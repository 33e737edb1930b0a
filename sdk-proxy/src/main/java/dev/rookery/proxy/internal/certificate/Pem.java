package dev.rookery.proxy.internal.certificate;

import dev.rookery.proxy.internal.certificate.UnusableFileException.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** A block of a PEM file. */
final class Pem {

    private static final int MAX = 1 << 20;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]*+)-----END \\1-----");

    private final String label;
    private final byte[] bytes;

    private Pem(String label, byte[] bytes) {
        this.label = label;
        this.bytes = bytes;
    }

    /** Returns what it says that it is. */
    String label() {
        return label;
    }

    /** Returns what is in it. */
    byte[] bytes() {
        return bytes.clone();
    }

    /**
     * Reads all blocks of a file, in order.
     *
     * @throws UnusableFileException if it is not there or cannot be read
     */
    static List<Pem> read(Path file) throws UnusableFileException {
        if (Files.notExists(file)) {
            throw new UnusableFileException(Problem.MISSING, "'" + file + "' is not there (expected: a PEM file)");
        }
        var blocks = new ArrayList<Pem>();
        var matcher = BLOCK.matcher(text(file));
        while (matcher.find()) {
            try {
                blocks.add(new Pem(matcher.group(1), Base64.getMimeDecoder().decode(matcher.group(2))));
            } catch (IllegalArgumentException e) {
                throw invalid(file, "a PEM file; one of its blocks is broken");
            }
        }
        return blocks;
    }

    private static String text(Path file) throws UnusableFileException {
        if (Files.isDirectory(file)) {
            throw invalid(file, "a PEM file, not a folder");
        }
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(MAX + 1);
            if (bytes.length > MAX) {
                throw invalid(file, "a PEM file of at most " + MAX + " bytes");
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UnusableFileException(
                    Problem.UNREADABLE,
                    "'" + file + "' cannot be read by this program (expected: that it may, or nothing is known of it): "
                            + e.getClass().getSimpleName());
        }
    }

    static UnusableFileException invalid(Path file, String expected) {
        return new UnusableFileException(Problem.INVALID, "'" + file + "' (expected: " + expected + ")");
    }
}
