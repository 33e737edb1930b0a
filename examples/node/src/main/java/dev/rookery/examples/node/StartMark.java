package dev.rookery.examples.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file by which the launcher knows that a start with its cache went wrong: it is there until the node is up. */
final class StartMark {

    private static final Logger LOG = LoggerFactory.getLogger(StartMark.class);
    private static final String PROPERTY = "rookery.start.mark";

    private StartMark() {}

    /** Tells the launcher that all is well. */
    static void remove() {
        var file = System.getProperty(PROPERTY, "");
        if (file.isEmpty()) {
            return;
        }
        try {
            Files.deleteIfExists(Path.of(file));
        } catch (IOException e) {
            LOG.warn("{} cannot be removed, the next start will be without a cache: {}", file, e.toString());
        }
    }
}
