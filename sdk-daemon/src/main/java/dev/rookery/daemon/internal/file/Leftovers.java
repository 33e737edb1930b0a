package dev.rookery.daemon.internal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hidden files of ours among a server's files, which are there for as long as they are written to. */
public final class Leftovers {

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final Pattern NAME = Pattern.compile("\\.rookery-[0-9a-f-]{36}\\.tmp");

    private Leftovers() {}

    /** Returns a new name. */
    public static String name() {
        return ".rookery-" + UUID.randomUUID() + ".tmp";
    }

    /** Removes a file of a name of ours that an earlier process has left; anything else is left alone. */
    public static void remove(Volume volume, String path) {
        try (var place = volume.sandbox().place(path, false)) {
            if (NAME.matcher(place.name()).matches()
                    && place.attributes()
                            .filter(BasicFileAttributes::isRegularFile)
                            .isPresent()) {
                Files.deleteIfExists(place.child());
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} is not there to be removed: {}", path, e.toString());
        }
    }
}
