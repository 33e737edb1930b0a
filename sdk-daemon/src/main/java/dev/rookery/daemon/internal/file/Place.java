package dev.rookery.daemon.internal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** An open directory inside a server's files, and a name in it that nothing is known of. To be closed. */
final class Place implements AutoCloseable {

    private final int descriptor;
    private final String name;

    /**
     * Creates it.
     *
     * @param descriptor of the directory, closed with this
     */
    Place(int descriptor, String name) {
        this.descriptor = descriptor;
        this.name = name;
    }

    int descriptor() {
        return descriptor;
    }

    String name() {
        return name;
    }

    /** Returns a path to the directory; valid until this is closed. */
    Path directory() {
        return NativeFiles.path(descriptor);
    }

    /** Returns a path to the name; valid until this is closed, never to be followed if it is a link. */
    Path child() {
        return directory().resolve(name);
    }

    /** Returns what is there now, a link itself; empty if there is nothing. */
    Optional<BasicFileAttributes> attributes() throws IOException {
        try {
            return Optional.of(Files.readAttributes(child(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Returns whether the name is there and is no regular file. */
    boolean holdsOther() throws IOException {
        var present = attributes();
        return present.isPresent() && !present.get().isRegularFile();
    }

    /** Returns whether the name is that of a link. */
    boolean holdsLink() throws IOException {
        var present = attributes();
        return present.isPresent() && present.get().isSymbolicLink();
    }

    @Override
    public void close() {
        NativeFiles.close(descriptor);
    }
}
