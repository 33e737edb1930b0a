package dev.rookery.daemon.internal.environment.docker;

import dev.rookery.api.spi.UsageSample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a container uses where the engine reads it: from the control groups of its process and its network devices. That takes a few
 * files, where the engine takes a second. Works for an engine on this machine whose processes are seen here. Thread-safe. Source:
 * cgroups(7), proc(5), the kernel's documentation of both versions of control groups.
 */
final class ControlGroupUsage {

    private static final Path PROC = Path.of("/proc");
    private static final Path GROUPS = Path.of("/sys/fs/cgroup");
    private static final String NO_LIMIT = "max";
    private static final double PERCENT_PER_NANO = 100;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final int RECEIVED = 0;
    private static final int SENT = 8;

    private final Path proc;
    private final Path groups;
    private final LongSupplier nanos;
    private final Map<String, Member> processes = new ConcurrentHashMap<>();
    private volatile long machineMemory;

    ControlGroupUsage() {
        this(PROC, GROUPS, System::nanoTime);
    }

    /** For tests: reads below other directories. */
    ControlGroupUsage(Path proc, Path groups, LongSupplier nanos) {
        this.proc = proc;
        this.groups = groups;
        this.nanos = nanos;
    }

    /** Forgets all but these containers. */
    void keep(Collection<String> containers) {
        processes.keySet().retainAll(containers);
    }

    /** Returns whether the process of a container is known, or known not to be seen here. */
    boolean knows(String container) {
        var known = processes.get(container);
        return known != null && (!known.seen() || Files.isDirectory(proc.resolve(Long.toString(known.pid))));
    }

    /**
     * Takes note of a container's process.
     *
     * @param container as it is asked for
     * @param id the container's whole id
     * @param pid its process, as the engine numbers it
     */
    void found(String container, String id, long pid) {
        Member process;
        try {
            process = pid > 0 ? member(id, pid) : Member.UNSEEN;
        } catch (IOException e) {
            process = Member.UNSEEN;
        }
        processes.put(container, process);
    }

    /** Returns what a container uses; empty if it cannot be read here. */
    Optional<UsageSample> sample(String container) {
        var process = processes.get(container);
        if (process == null || !process.seen()) {
            return Optional.empty();
        }
        try {
            return Optional.of(process.version2 ? version2(process) : version1(process));
        } catch (IOException | NumberFormatException e) {
            // It has ended, or this kernel writes something else.
            processes.remove(container, process);
            return Optional.empty();
        }
    }

    /** A process that belongs to another container, or to none, only has the same number here. */
    private Member member(String id, long pid) throws IOException {
        String memory = null;
        String processor = null;
        String devices = null;
        String unified = null;
        for (var line : Files.readAllLines(proc.resolve(pid + "/cgroup"))) {
            var parts = line.split(":", 3);
            if (parts.length < 3 || !parts[2].contains(id) || parts[2].contains("..")) {
                continue;
            }
            var path = parts[2];
            if (parts[1].isEmpty()) {
                unified = path;
            }
            for (var controller : parts[1].split(",", -1)) {
                switch (controller) {
                    case "memory" -> memory = path;
                    case "cpuacct" -> processor = path;
                    case "blkio" -> devices = path;
                    default -> {
                        // Nothing is read from the others.
                    }
                }
            }
        }
        boolean own = !Files.readSymbolicLink(proc.resolve(pid + "/ns/net"))
                .equals(Files.readSymbolicLink(proc.resolve("self/ns/net")));
        if (memory != null && processor != null && devices != null) {
            return new Member(
                    pid, false, under("memory", memory), under("cpuacct", processor), under("blkio", devices), own);
        }
        if (unified != null) {
            var all = groups.resolve(unified.substring(1));
            return new Member(pid, true, all, all, all, own);
        }
        return Member.UNSEEN;
    }

    private Path under(String controller, String path) {
        return groups.resolve(controller).resolve(path.substring(1));
    }

    private UsageSample version1(Member process) throws IOException {
        long memory = number(process.memory.resolve("memory.usage_in_bytes"));
        long inactive = named(process.memory.resolve("memory.stat"), "total_inactive_file");
        long limit = number(process.memory.resolve("memory.limit_in_bytes"));
        double cpu = process.percent(number(process.processor.resolve("cpuacct.usage")), nanos.getAsLong());
        long read = 0;
        long written = 0;
        for (var line : Files.readAllLines(process.devices.resolve("blkio.throttle.io_service_bytes_recursive"))) {
            var words = line.split(" ", -1);
            if (words.length == 3) {
                switch (words[1].toLowerCase(Locale.ROOT)) {
                    case "read" -> read += Long.parseLong(words[2]);
                    case "write" -> written += Long.parseLong(words[2]);
                    default -> {
                        // Sums and other operations.
                    }
                }
            }
        }
        return sample(process, memory, inactive, limit, cpu, read, written);
    }

    private UsageSample version2(Member process) throws IOException {
        long memory = number(process.memory.resolve("memory.current"));
        long inactive = named(process.memory.resolve("memory.stat"), "inactive_file");
        var most = Files.readString(process.memory.resolve("memory.max")).strip();
        long limit = most.equals(NO_LIMIT) ? Long.MAX_VALUE : Long.parseLong(most);
        long used = named(process.processor.resolve("cpu.stat"), "usage_usec") * NANOS_PER_MICRO;
        double cpu = process.percent(used, nanos.getAsLong());
        long read = 0;
        long written = 0;
        for (var line : Files.readAllLines(process.devices.resolve("io.stat"))) {
            for (var word : line.split(" ", -1)) {
                if (word.startsWith("rbytes=")) {
                    read += Long.parseLong(word.substring("rbytes=".length()));
                } else if (word.startsWith("wbytes=")) {
                    written += Long.parseLong(word.substring("wbytes=".length()));
                }
            }
        }
        return sample(process, memory, inactive, limit, cpu, read, written);
    }

    private UsageSample sample(
            Member process, long memory, long inactive, long limit, double cpu, long read, long written)
            throws IOException {
        long received = 0;
        long sent = 0;
        // A container on the machine's own network has no traffic of its own.
        if (process.ownNetwork) {
            for (var line : Files.readAllLines(proc.resolve(process.pid + "/net/dev"))) {
                int colon = line.indexOf(':');
                if (colon > 0 && !line.substring(0, colon).strip().equals("lo")) {
                    var words = line.substring(colon + 1).strip().split("\\s+", -1);
                    received += Long.parseLong(words[RECEIVED]);
                    sent += Long.parseLong(words[SENT]);
                }
            }
        }
        return new UsageSample(
                inactive < memory ? memory - inactive : memory,
                Math.min(limit, machineMemory()),
                cpu,
                received,
                sent,
                read,
                written);
    }

    /** Asked once: the kernel takes its time for that file. */
    private long machineMemory() throws IOException {
        if (machineMemory == 0) {
            machineMemory = named(proc.resolve("meminfo"), "MemTotal:") * 1024;
        }
        return machineMemory;
    }

    private static long number(Path file) throws IOException {
        return Long.parseLong(
                Files.readString(file, StandardCharsets.ISO_8859_1).strip());
    }

    /** Looks for the line of a name; without making texts of all the others, a hundred times a second. */
    private static long named(Path file, String name) throws IOException {
        var text = "\n" + Files.readString(file, StandardCharsets.ISO_8859_1);
        var begin = "\n" + name + " ";
        int at = text.indexOf(begin);
        if (at < 0) {
            throw new IOException(file + " has no " + name);
        }
        int from = at + begin.length();
        while (from < text.length() && text.charAt(from) == ' ') {
            from++;
        }
        int to = from;
        while (to < text.length() && Character.isDigit(text.charAt(to))) {
            to++;
        }
        return Long.parseLong(text, from, to, 10);
    }

    /** The process of a container, and what it had used of the processors when it was last asked. */
    private static final class Member {

        static final Member UNSEEN = new Member(0, false, PROC, PROC, PROC, false);

        private final long pid;
        private final boolean version2;
        private final Path memory;
        private final Path processor;
        private final Path devices;
        private final boolean ownNetwork;
        private @Nullable Long usedBefore;
        private long atBefore;

        Member(long pid, boolean version2, Path memory, Path processor, Path devices, boolean ownNetwork) {
            this.pid = pid;
            this.version2 = version2;
            this.memory = memory;
            this.processor = processor;
            this.devices = devices;
            this.ownNetwork = ownNetwork;
        }

        boolean seen() {
            return pid > 0;
        }

        /** The first sample has no predecessor. */
        synchronized double percent(long used, long at) {
            var before = usedBefore;
            long passed = at - atBefore;
            usedBefore = used;
            atBefore = at;
            return before == null || passed <= 0 || used <= before
                    ? 0
                    : Math.round((used - before) * PERCENT_PER_NANO / passed * 1000) / 1000.0;
        }
    }
}
