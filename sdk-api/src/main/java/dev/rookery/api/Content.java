package dev.rookery.api;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Bytes on their way: a size where it is known, a stream to read once, and a file channel where one stands behind it, so that an
 * edge can use {@code sendfile}. Whoever receives a content closes it. Not thread-safe.
 */
public interface Content extends Closeable {

    /** Returns the number of bytes, empty if only the end of the stream tells. */
    OptionalLong sizeBytes();

    /**
     * Returns the stream. To be called once; closing the content closes it.
     *
     * @throws IOException if the bytes cannot be reached
     */
    InputStream stream() throws IOException;

    /** Returns the file behind this content, positioned anywhere; its bytes are {@code 0} to {@link #sizeBytes()}. */
    default Optional<FileChannel> file() {
        return Optional.empty();
    }

    /**
     * Returns a text that is another one whenever the bytes are others, so that a part of them can be asked for later; empty where that cannot
     * be told.
     */
    default Optional<String> validator() {
        return Optional.empty();
    }

    @Override
    void close() throws IOException;

    /** Returns content that is held in memory. */
    static Content of(byte[] bytes) {
        return of(new ByteArrayInputStream(bytes), OptionalLong.of(bytes.length));
    }

    /**
     * Returns the content of a stream.
     *
     * @param stream is closed with the content
     * @param sizeBytes how many bytes it will give, empty if unknown
     */
    static Content of(InputStream stream, OptionalLong sizeBytes) {
        requireNonNull(stream, "stream");
        requireNonNull(sizeBytes, "sizeBytes");
        return new Content() {
            @Override
            public OptionalLong sizeBytes() {
                return sizeBytes;
            }

            @Override
            public InputStream stream() {
                return stream;
            }

            @Override
            public void close() throws IOException {
                stream.close();
            }
        };
    }

    /**
     * Returns the content of a stream whose length a web server tells.
     *
     * @param stream is closed with the content
     * @param sizeBytes how many bytes it will give, negative if unknown
     */
    static Content of(InputStream stream, long sizeBytes) {
        return of(stream, sizeBytes < 0 ? OptionalLong.empty() : OptionalLong.of(sizeBytes));
    }

    /**
     * Returns the content of an open file, from its first byte.
     *
     * @param file is closed with the content
     * @throws IOException if its size cannot be read
     */
    static Content of(FileChannel file) throws IOException {
        return of(file, Optional.empty());
    }

    /**
     * Returns the content of an open file, from its first byte.
     *
     * @param file is closed with the content
     * @param validator see {@link #validator()}
     * @throws IOException if its size cannot be read
     */
    static Content of(FileChannel file, Optional<String> validator) throws IOException {
        requireNonNull(file, "file");
        requireNonNull(validator, "validator");
        var size = OptionalLong.of(file.size());
        return new Content() {
            @Override
            public OptionalLong sizeBytes() {
                return size;
            }

            @Override
            public InputStream stream() throws IOException {
                return Channels.newInputStream(file.position(0));
            }

            @Override
            public Optional<FileChannel> file() {
                return Optional.of(file);
            }

            @Override
            public Optional<String> validator() {
                return validator;
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }
}
