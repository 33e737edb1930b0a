package dev.rookery.daemon.internal.file;

import dev.rookery.api.CancelSignal;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hidden files and directories of ours among a server's files, which are there for as long as they are written to. */
public final class Leftovers {

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final Pattern NAME = Pattern.compile("\\.rookery-[0-9a-f-]{36}\\.tmp");

    private Leftovers() {}

    /** Returns a new name. */
    public static String name() {
        return ".rookery-" + UUID.randomUUID() + ".tmp";
    }

    /** Returns whether a name is one of ours. */
    static boolean is(String name) {
        return NAME.matcher(name).matches();
    }

    /** Removes whatever is at a place; it is not accounted for, since nothing of it ever was. */
    static void remove(Place place) throws IOException {
        new Removal(Denylist.of(List.of()), DiskSpace.unlimited(), CancelSignal.create())
                .run(place.descriptor(), place.name(), List.of());
    }

    /** Removes a file or a directory of a name of ours that an earlier process has left; anything else is left alone. */
    public static void remove(Volume volume, String path) {
        try (var place = volume.sandbox().place(path, false)) {
            if (is(place.name())) {
                Leftovers.remove(place);
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} is not there to be removed: {}", path, e.toString());
        }
    }
}
