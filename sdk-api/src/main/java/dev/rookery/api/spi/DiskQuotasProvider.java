package dev.rookery.api.spi;

import java.io.IOException;
import java.nio.file.Path;

/** Finds the limits that a file system keeps by itself. */
@FunctionalInterface
public interface DiskQuotasProvider {

    /**
     * Returns those of the file system that a directory is on. Whether they hold is found out here, not when the first server needs them.
     *
     * @param directory an existing directory, which the trees are made in
     * @throws IOException if the file system keeps none; the message says what is missing, and what to do
     */
    DiskQuotas open(Path directory) throws IOException;
}
