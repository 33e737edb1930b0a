package dev.rookery.daemon.internal.machine;

import dev.rookery.api.UnavailableException;
import dev.rookery.api.node.Utilization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The disks of the machine, from the kernel's list of mounts. Immutable. */
final class Mounts {

    private static final Logger LOG = LoggerFactory.getLogger(Mounts.class);

    /** Memory and read-only images are no disks that fill up. */
    private static final Set<String> NO_DISK = Set.of("tmpfs", "devtmpfs", "squashfs", "ramfs", "iso9660");

    private static final String OVERLAY = "overlay";

    private final Path list;
    private final Space.Measure space;

    Mounts(Path list, Space.Measure space) {
        this.list = list;
        this.space = space;
    }

    /** Returns each disk once, with the names of the directories that lie on it. */
    List<Utilization.Disk> disks(Map<String, Path> directories) {
        var mounts = read();
        var byDevice = new LinkedHashMap<String, Mount>();
        mounts.stream().filter(Mount::disk).forEach(mount -> byDevice.merge(mount.device, mount, Mount::nearerTheRoot));
        var tags = new LinkedHashMap<String, List<String>>();
        directories.forEach((name, directory) -> holding(mounts, directory)
                .ifPresent(mount -> tags.computeIfAbsent(mount.device, device -> new ArrayList<>())
                        .add(name)));
        var disks = new ArrayList<Utilization.Disk>();
        byDevice.values().forEach(mount -> {
            try {
                var size = space.of(mount.point);
                disks.add(new Utilization.Disk(
                        mount.device,
                        mount.point.toString(),
                        size.totalBytes(),
                        size.usedBytes(),
                        tags.getOrDefault(mount.device, List.of())));
            } catch (IOException e) {
                LOG.debug("{} cannot be measured", mount.point, e);
            }
        });
        return disks;
    }

    private static Optional<Mount> holding(List<Mount> mounts, Path directory) {
        Mount found = null;
        for (var mount : mounts) {
            // The last of equal ones lies on top of the others.
            if (directory.startsWith(mount.point)
                    && (found == null || mount.point.getNameCount() >= found.point.getNameCount())) {
                found = mount;
            }
        }
        return Optional.ofNullable(found);
    }

    private List<Mount> read() {
        try {
            var mounts = new ArrayList<Mount>();
            for (var line : Files.readAllLines(list, StandardCharsets.UTF_8)) {
                Mount.parse(line).ifPresent(mounts::add);
            }
            return mounts;
        } catch (IOException e) {
            throw new UnavailableException(list + " cannot be read", e);
        }
    }

    /** A line of the list. Source: proc(5), mountinfo. */
    private record Mount(Path point, String type, String device) {

        private static final int POINT = 4;
        private static final String SEPARATOR = " - ";

        static Optional<Mount> parse(String line) {
            int middle = line.indexOf(SEPARATOR);
            if (middle < 0) {
                return Optional.empty();
            }
            var before = line.substring(0, middle).split(" ", -1);
            var after = line.substring(middle + SEPARATOR.length()).split(" ", -1);
            if (before.length <= POINT || after.length < 2) {
                return Optional.empty();
            }
            try {
                return Optional.of(new Mount(Path.of(plain(before[POINT])), after[0], plain(after[1])));
            } catch (InvalidPathException e) {
                LOG.debug("a mount whose name this JVM's encoding does not have is passed over", e);
                return Optional.empty();
            }
        }

        /** What comes over a network is not ours to measure, and may not answer; an overlay counts where it is all there is. */
        boolean disk() {
            boolean root = point.getNameCount() == 0;
            return type.equals(OVERLAY) ? root : !NO_DISK.contains(type) && (local(device) || type.equals("zfs"));
        }

        /** Shares of SMB are called {@code //server/share}. */
        private static boolean local(String device) {
            return device.startsWith("/") && !device.startsWith("//");
        }

        Mount nearerTheRoot(Mount other) {
            return other.point.getNameCount() < point.getNameCount() ? other : this;
        }

        /** Blanks and the like are written as octal numbers. */
        private static String plain(String escaped) {
            return escaped.replace("\\040", " ")
                    .replace("\\011", "\t")
                    .replace("\\012", "\n")
                    .replace("\\134", "\\");
        }
    }
}
