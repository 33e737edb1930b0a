package dev.rookery.daemon.internal.file;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.Content;
import dev.rookery.api.InvalidInputException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/** Whole files of one server, read and written by the node itself. Paths never lead out of the server's directory. Immutable. */
public final class OwnFiles {

    private static final StagedFile.Claiming ANYWAY = new StagedFile.Claiming(false, CancelSignal.create());

    private final Volume volume;
    private final Sandbox sandbox;

    /** Creates those of a server. */
    public OwnFiles(Volume volume) {
        this.volume = volume;
        this.sandbox = volume.sandbox();
    }

    /**
     * Returns a file, empty if there is none.
     *
     * @throws InvalidInputException if it is no file, is too large, or the path leads out
     */
    public Optional<byte[]> read(String path, int maxBytes) throws IOException {
        try (var place = sandbox.target(path, false);
                var channel = FileReplacement.open(place, path);
                var in = Channels.newInputStream(channel)) {
            var content = in.readNBytes(maxBytes + 1);
            if (content.length > maxBytes) {
                throw new InvalidInputException("a file of more than " + maxBytes + " bytes (expected: at most that)");
            }
            return Optional.of(content);
        } catch (NoSuchFileException | NotDirectoryException ignored) {
            return Optional.empty();
        }
    }

    /**
     * Replaces or creates a file, with its directories, even if the server's files take too much of the disk already: what the node needs in
     * its own files must not keep the server from starting. A present file keeps its mode and whom it belongs to.
     */
    public void write(String path, byte[] content) throws IOException {
        try (var place = sandbox.target(path, true)) {
            if (place.holdsOther()) {
                throw new InvalidInputException(
                        "path: '" + path + "' is a directory, a link or a device (expected: a file)");
            }
            boolean present = Files.exists(place.child(), LinkOption.NOFOLLOW_LINKS);
            var owner = present ? Ownership.of(place.child()) : volume.ownership();
            FileReplacement.write(place, path, Content.of(content), volume, owner, ANYWAY);
        }
    }
}
