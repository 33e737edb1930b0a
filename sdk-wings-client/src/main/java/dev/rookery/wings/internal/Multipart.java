package dev.rookery.wings.internal;

import dev.rookery.api.Content;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** Parts of a multipart body that are streamed, in order, and measured on the way. */
final class Multipart {

    private static final int CHUNK = 64 * 1024;
    private static final int SHA256_HEX = 64;

    private Multipart() {}

    /** Adds a file, and behind it its SHA-256, which is computed while the file is sent. */
    static void addChecked(MultipartBody.Builder body, Part file, String checksumName) {
        var checksum = new AtomicReference<String>("");
        body.addFormDataPart(file.name(), file.fileName(), new FilePart(file, checksum));
        body.addFormDataPart(checksumName, null, new TextPart(checksum::get, SHA256_HEX));
    }

    /** Adds a file. */
    static void add(MultipartBody.Builder body, Part file) {
        body.addFormDataPart(file.name(), file.fileName(), new FilePart(file, null));
    }

    /**
     * A file of a multipart body.
     *
     * @param name the part's name
     * @param fileName the file's name
     * @param type its content type
     * @param content what is in it; not closed
     */
    record Part(String name, String fileName, MediaType type, Content content) {}

    private static final class FilePart extends RequestBody {

        private final Part file;
        private final @Nullable AtomicReference<String> checksum;

        FilePart(Part file, @Nullable AtomicReference<String> checksum) {
            this.file = file;
            this.checksum = checksum;
        }

        @Override
        public MediaType contentType() {
            return file.type();
        }

        @Override
        public long contentLength() {
            return file.content().sizeBytes().orElse(-1);
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            var digest = newDigest();
            long announced = contentLength();
            long sent = 0;
            byte[] chunk = new byte[CHUNK];
            var stream = open();
            for (int count = read(stream, chunk); count >= 0; count = read(stream, chunk)) {
                sent += count;
                if (announced >= 0 && sent > announced) {
                    throw new Bodies.SourceException(
                            "content has more than " + announced + " bytes, as announced", null);
                }
                digest.update(chunk, 0, count);
                sink.write(chunk, 0, count);
            }
            if (sent < announced) {
                throw new Bodies.SourceException(
                        "content ended after " + sent + " bytes (expected: " + announced + ")", null);
            }
            if (checksum != null) {
                checksum.set(HexFormat.of().formatHex(digest.digest()));
            }
        }

        private InputStream open() throws Bodies.SourceException {
            try {
                return file.content().stream();
            } catch (IOException e) {
                throw new Bodies.SourceException("content cannot be read: " + e.getMessage(), e);
            }
        }

        private static int read(InputStream stream, byte[] chunk) throws Bodies.SourceException {
            try {
                return stream.read(chunk);
            } catch (IOException e) {
                throw new Bodies.SourceException("content cannot be read: " + e.getMessage(), e);
            }
        }

        private static MessageDigest newDigest() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
    }

    /** A text that is known only when it is its turn, but whose length is known before. */
    private static final class TextPart extends RequestBody {

        private final Supplier<String> text;
        private final long length;

        TextPart(Supplier<String> text, long length) {
            this.text = text;
            this.length = length;
        }

        @Override
        public @Nullable MediaType contentType() {
            return null;
        }

        @Override
        public long contentLength() {
            return length;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.writeUtf8(text.get());
        }
    }
}
