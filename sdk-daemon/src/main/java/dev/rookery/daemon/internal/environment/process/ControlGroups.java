package dev.rookery.daemon.internal.environment.process;

import dev.rookery.api.spi.ProcessSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits processes by the kernel's control groups, of version 1 or 2, where this program may write there; elsewhere without any effect.
 * Each process has a group of its own, which holds all that it starts. Thread-safe. Source: cgroups(7), the kernel's cgroup-v1 and cgroup-v2
 * documents.
 */
final class ControlGroups {

    static final Path KERNEL = Path.of("/sys/fs/cgroup");

    private static final Logger LOG = LoggerFactory.getLogger(ControlGroups.class);
    private static final String OURS = "rookery";
    private static final List<String> CONTROLLERS = List.of("memory", "cpu", "cpuset", "pids");
    private static final long CPU_PERIOD_MICROS = 100_000;
    private static final int REMOVE_TRIES = 50;
    private static final long REMOVE_PAUSE_MILLIS = 10;

    private final Path root;
    private final boolean unified;
    private final Set<String> controllers;

    private ControlGroups(Path root, boolean unified, Set<String> controllers) {
        this.root = root;
        this.unified = unified;
        this.controllers = Set.copyOf(controllers);
    }

    /** Finds out what there is below a mount point, and makes the groups that ours are in. */
    static ControlGroups of(Path root) {
        var usable = new LinkedHashSet<String>();
        boolean unified = Files.isRegularFile(root.resolve("cgroup.controllers"));
        for (var controller : CONTROLLERS) {
            try {
                if (unified ? enabled(root, controller) : made(root, controller)) {
                    usable.add(controller);
                }
            } catch (IOException e) {
                LOG.debug("control group {} cannot be used: {}", controller, e.toString());
            }
        }
        return new ControlGroups(root, unified, usable);
    }

    private static boolean enabled(Path root, String controller) throws IOException {
        if (!List.of(read(root.resolve("cgroup.controllers")).split("\\s+", -1)).contains(controller)) {
            return false;
        }
        var ours = root.resolve(OURS);
        write(root.resolve("cgroup.subtree_control"), "+" + controller);
        Files.createDirectories(ours);
        write(ours.resolve("cgroup.subtree_control"), "+" + controller);
        return true;
    }

    private static boolean made(Path root, String controller) throws IOException {
        var of = root.resolve(controller);
        if (!Files.isRegularFile(of.resolve("cgroup.procs"))) {
            return false;
        }
        Files.createDirectories(of.resolve(OURS));
        if (controller.equals("cpuset")) {
            // A group without processors and memory nodes takes no process, and a new one has none.
            for (var file : List.of("cpuset.cpus", "cpuset.mems")) {
                write(of.resolve(OURS).resolve(file), read(of.resolve(file)));
            }
        }
        return true;
    }

    /** Returns which limits have an effect, by the names of the kernel. */
    Set<String> controllers() {
        return controllers;
    }

    /** Makes the group of a process that is about to start, with its limits. */
    void create(String id, ProcessSpec.Limits limits) throws IOException {
        for (var group : groups(id)) {
            Files.createDirectories(group);
        }
        if (!unified && controllers.contains("cpuset")) {
            var above = root.resolve("cpuset").resolve(OURS);
            for (var file : List.of("cpuset.cpus", "cpuset.mems")) {
                write(group("cpuset", id).resolve(file), read(above.resolve(file)));
            }
        }
        limit(id, limits);
    }

    /** Returns the files that a process writes its number into to join its group. */
    List<Path> doors(String id) {
        return groups(id).stream().map(group -> group.resolve("cgroup.procs")).toList();
    }

    /**
     * Sets the limits of a group.
     *
     * @return whether all that are asked for have an effect; block I/O is not limited
     */
    boolean limit(String id, ProcessSpec.Limits limits) throws IOException {
        if (controllers.contains("memory") && Files.isDirectory(group("memory", id))) {
            limitMemory(group("memory", id), limits);
        }
        if (controllers.contains("cpu") && Files.isDirectory(group("cpu", id))) {
            long quota = limits.cpuPercent() > 0 ? limits.cpuPercent() * (CPU_PERIOD_MICROS / 100) : -1;
            if (unified) {
                write(group("cpu", id).resolve("cpu.max"), (quota < 0 ? "max" : quota) + " " + CPU_PERIOD_MICROS);
            } else {
                write(group("cpu", id).resolve("cpu.cfs_period_us"), Long.toString(CPU_PERIOD_MICROS));
                write(group("cpu", id).resolve("cpu.cfs_quota_us"), Long.toString(quota));
            }
        }
        if (controllers.contains("cpuset") && Files.isDirectory(group("cpuset", id))) {
            var all = unified ? "" : read(root.resolve("cpuset").resolve(OURS).resolve("cpuset.cpus"));
            write(group("cpuset", id).resolve("cpuset.cpus"), limits.cpus().isEmpty() ? all : limits.cpus());
        }
        if (controllers.contains("pids") && Files.isDirectory(group("pids", id))) {
            write(group("pids", id).resolve("pids.max"), limits.pids() > 0 ? Long.toString(limits.pids()) : "max");
        }
        return (limits.memoryBytes() == 0 || controllers.contains("memory"))
                && (limits.cpuPercent() == 0 || controllers.contains("cpu"))
                && (limits.cpus().isEmpty() || controllers.contains("cpuset"))
                && (limits.pids() == 0 || controllers.contains("pids"));
    }

    private void limitMemory(Path group, ProcessSpec.Limits limits) throws IOException {
        long memory = limits.memoryBytes();
        boolean swapUnlimited = memory == 0 || limits.swapTotalBytes() < 0;
        if (unified) {
            write(group.resolve("memory.max"), memory == 0 ? "max" : Long.toString(memory));
            write(group.resolve("memory.low"), memory == 0 ? "0" : Long.toString(limits.reservationBytes()));
            if (Files.exists(group.resolve("memory.swap.max"))) {
                write(
                        group.resolve("memory.swap.max"),
                        swapUnlimited ? "max" : Long.toString(Math.max(0, limits.swapTotalBytes() - memory)));
            }
            return;
        }
        var both = group.resolve("memory.memsw.limit_in_bytes");
        if (Files.exists(both)) {
            // Memory and swap together may never be less than memory: out of the way first.
            write(both, "-1");
        }
        write(group.resolve("memory.limit_in_bytes"), memory == 0 ? "-1" : Long.toString(memory));
        write(
                group.resolve("memory.soft_limit_in_bytes"),
                memory == 0 ? "-1" : Long.toString(limits.reservationBytes()));
        if (Files.exists(both) && !swapUnlimited) {
            write(both, Long.toString(Math.max(memory, limits.swapTotalBytes())));
        }
        if (Files.exists(group.resolve("memory.oom_control"))) {
            write(group.resolve("memory.oom_control"), limits.oomKiller() ? "0" : "1");
        }
    }

    /** Returns whether the kernel has ended something in a group because its memory ran out. */
    boolean ranOutOfMemory(String id) {
        if (!controllers.contains("memory")) {
            return false;
        }
        var file = group("memory", id).resolve(unified ? "memory.events" : "memory.oom_control");
        try {
            return read(file)
                    .lines()
                    .filter(line -> line.startsWith("oom_kill "))
                    .anyMatch(line -> !line.endsWith(" 0"));
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the numbers of the processes in a group, whatever they have made of themselves since. */
    List<Long> members(String id) {
        var groups = groups(id);
        if (groups.isEmpty()) {
            return List.of();
        }
        try {
            return read(groups.get(0).resolve("cgroup.procs"))
                    .lines()
                    .filter(line -> !line.isBlank())
                    .map(Long::parseLong)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Removes a group; the kernel lets one go as soon as its last process has been collected. */
    void remove(String id) throws IOException {
        for (var group : groups(id)) {
            for (int tries = 1; ; tries++) {
                try {
                    Files.deleteIfExists(group);
                    break;
                } catch (DirectoryNotEmptyException e) {
                    throw e;
                } catch (FileSystemException e) {
                    if (tries == REMOVE_TRIES) {
                        throw e;
                    }
                    pause();
                }
            }
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(REMOVE_PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private List<Path> groups(String id) {
        if (controllers.isEmpty()) {
            return List.of();
        }
        if (unified) {
            return List.of(group("", id));
        }
        var groups = new ArrayList<Path>();
        for (var controller : CONTROLLERS) {
            if (controllers.contains(controller)) {
                groups.add(group(controller, id));
            }
        }
        return groups;
    }

    private Path group(String controller, String id) {
        return (unified ? root : root.resolve(controller)).resolve(OURS).resolve(id);
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.US_ASCII).strip();
    }

    private static void write(Path file, String value) throws IOException {
        Files.writeString(file, value, StandardCharsets.US_ASCII);
    }
}
