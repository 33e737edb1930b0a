package dev.rookery.daemon;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.spi.DiskQuotas;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Quotas that are only entries of maps: they count what is in trees, and refuse nothing by themselves. Outlive the daemon, as a file system does. */
final class MemoryQuotas implements DiskQuotas {

    final Map<Integer, Amount> limits = new ConcurrentHashMap<>();
    /** Trees, and files that were written aside, with their projects. */
    final Map<Path, Integer> projects = new ConcurrentHashMap<>();
    /** What every call says; empty if it works. */
    volatile String broken = "";

    @Override
    public int projectOf(Path path) throws IOException {
        requireWhole();
        for (var at = path; at != null; at = at.getParent()) {
            if (projects.containsKey(at)) {
                return projects.get(at);
            }
        }
        return NO_PROJECT;
    }

    @Override
    public void assign(Path path, int project, CancelSignal cancel) throws IOException {
        requireWhole();
        projects.put(path.toRealPath(), project);
    }

    @Override
    public void limit(int project, Amount limit) throws IOException {
        requireWhole();
        limits.put(project, limit);
    }

    @Override
    public Amount limits(int project) throws IOException {
        requireWhole();
        return limits.getOrDefault(project, Amount.NONE);
    }

    @Override
    public Amount usage(int project) throws IOException {
        requireWhole();
        long bytes = 0;
        for (var tree : projects.entrySet()) {
            if (tree.getValue() == project && Files.isDirectory(tree.getKey())) {
                bytes += bytes(tree.getKey());
            }
        }
        return Amount.ofBytes(bytes);
    }

    private static long bytes(Path tree) throws IOException {
        try (var files = Files.walk(tree)) {
            return files.map(Path::toFile)
                    .filter(File::isFile)
                    .mapToLong(File::length)
                    .sum();
        }
    }

    private void requireWhole() throws IOException {
        if (!broken.isEmpty()) {
            throw new IOException(broken);
        }
    }
}
