package dev.rookery.daemon.internal.machine;

import dev.rookery.api.UnavailableException;
import dev.rookery.api.node.Utilization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what the kernel says of the machine: memory, load, processors, disks. Thread-safe. Source: node API §2.1. */
public final class HostReader {

    private static final int IDLE = 3;
    private static final int IO_WAIT = 4;
    /** What the kernel counts for guests is part of the columns before. */
    private static final int CPU_COLUMNS = 8;

    private static final long KIBIBYTE = 1024;

    private final Path proc;
    private final Path release;
    private final Mounts mounts;

    // Guarded by this: what the processors had done at the call before.
    private long lastTotal;
    private long lastIdle;
    private double lastPercent;

    /** Creates a reader of this machine. */
    public HostReader() {
        this(Path.of("/proc"), Path.of("/etc/os-release"), Space::of);
    }

    /**
     * Creates a reader of a machine that was recorded.
     *
     * @param proc where the kernel's files are
     * @param release the file that names the operating system
     * @param space measures the disk at a mount point
     */
    HostReader(Path proc, Path release, Space.Measure space) {
        this.proc = proc;
        this.release = release;
        this.mounts = new Mounts(proc.resolve("self/mountinfo"), space);
    }

    /** Returns the memory there is, in bytes. */
    public long memoryBytes() {
        return memory().getOrDefault("MemTotal", 0L);
    }

    /** Returns the operating system's name for people. */
    public String osName() {
        try {
            for (var line : Files.readAllLines(release, StandardCharsets.UTF_8)) {
                if (line.startsWith("PRETTY_NAME=")) {
                    return line.substring("PRETTY_NAME=".length())
                            .replace("\"", "")
                            .strip();
                }
            }
        } catch (IOException ignored) {
            // Not every system has that file.
        }
        return System.getProperty("os.name");
    }

    /**
     * Returns what the machine uses now.
     *
     * @param directories of the node, by the name that panels show on the disk they lie on
     */
    public Utilization utilization(Map<String, Path> directories) {
        var memory = memory();
        var load = read("loadavg").split(" ", 4);
        var disks = mounts.disks(directories);
        return Utilization.builder()
                .memoryTotalBytes(memory.getOrDefault("MemTotal", 0L))
                .memoryUsedBytes(used(memory, "MemTotal", "MemAvailable"))
                .swapTotalBytes(memory.getOrDefault("SwapTotal", 0L))
                .swapUsedBytes(used(memory, "SwapTotal", "SwapFree"))
                .loadAverage1(Double.parseDouble(load[0]))
                .loadAverage5(Double.parseDouble(load[1]))
                .loadAverage15(Double.parseDouble(load[2]))
                .cpuPercent(cpuPercent())
                .diskTotalBytes(
                        disks.stream().mapToLong(Utilization.Disk::totalBytes).sum())
                .diskUsedBytes(
                        disks.stream().mapToLong(Utilization.Disk::usedBytes).sum())
                .disks(disks)
                .build();
    }

    private static long used(Map<String, Long> memory, String total, String free) {
        return Math.max(0, memory.getOrDefault(total, 0L) - memory.getOrDefault(free, 0L));
    }

    private Map<String, Long> memory() {
        var values = new HashMap<String, Long>();
        for (var line : read("meminfo").lines().toList()) {
            var parts = line.split(":?\\s+", -1);
            if (parts.length >= 2) {
                values.put(parts[0], Long.parseLong(parts[1]) * KIBIBYTE);
            }
        }
        return values;
    }

    /** Of all processors together, since the call before; at the first one since the machine was started. */
    private synchronized double cpuPercent() {
        var columns = List.of(read("stat").lines().findFirst().orElse("").split("\\s+"));
        long total = 0;
        long idle = 0;
        for (int i = 0; i < CPU_COLUMNS && i + 1 < columns.size(); i++) {
            long ticks = Long.parseLong(columns.get(i + 1));
            total += ticks;
            idle += i == IDLE || i == IO_WAIT ? ticks : 0;
        }
        long ticks = total - lastTotal;
        if (ticks > 0) {
            lastPercent = Math.max(0, Math.min(100, 100.0 * (ticks - (idle - lastIdle)) / ticks));
            lastTotal = total;
            lastIdle = idle;
        }
        return lastPercent;
    }

    private String read(String name) {
        try {
            return Files.readString(proc.resolve(name));
        } catch (IOException e) {
            throw new UnavailableException(proc.resolve(name) + " cannot be read", e);
        }
    }
}
