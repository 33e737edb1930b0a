package dev.rookery.daemon.internal.environment.process;

import dev.rookery.api.spi.UsageSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Adds up what the members of each process use. Network traffic cannot be told apart, and is 0. Thread-safe. Source: proc(5). */
final class ProcessUsage {

    private static final Path PROC = Path.of("/proc");
    // The kernel counts in these everywhere; the size of a page is 4 KiB on x86-64, and on arm64 as distributions build
    // it.
    private static final double TICKS_PER_SECOND = 100;
    private static final long PAGE_BYTES = 4096;
    private static final double NANOS = 1e9;

    private final LongSupplier nanos;
    private final Map<String, Before> before = new ConcurrentHashMap<>();

    private record Before(long ticks, long atNanos) {}

    ProcessUsage(LongSupplier nanos) {
        this.nanos = nanos;
    }

    Map<String, UsageSample> samples(Collection<ProcessFolder> processes) {
        var samples = new HashMap<String, UsageSample>();
        var members = Members.of(processes);
        long machine = memoryOfMachine();
        for (var process : processes) {
            var running = members.get(process.id());
            if (running == null || running.isEmpty()) {
                before.remove(process.id());
            } else {
                samples.put(process.id(), sample(process, running, machine));
            }
        }
        return samples;
    }

    void forget(String id) {
        before.remove(id);
    }

    private UsageSample sample(ProcessFolder process, List<ProcFile> members, long machine) {
        long ticks = 0;
        long memory = 0;
        long read = 0;
        long written = 0;
        for (var member : members) {
            ticks += member.cpuTicks();
            memory += unshared(member.pid());
            var io = numbers(member.pid() + "/io");
            read += io.getOrDefault("read_bytes:", 0L);
            written += io.getOrDefault("write_bytes:", 0L);
        }
        long allowed = process.limits().memoryBytes();
        long limit = allowed > 0 ? allowed : machine;
        return new UsageSample(memory, limit, cpu(process.id(), ticks), 0, 0, read, written);
    }

    private double cpu(String id, long ticks) {
        var now = new Before(ticks, nanos.getAsLong());
        var last = before.put(id, now);
        if (last == null || now.atNanos <= last.atNanos) {
            return 0;
        }
        // A member that has ended took its time with it.
        double seconds = (now.atNanos - last.atNanos) / NANOS;
        return Math.max(0, (now.ticks - last.ticks) / TICKS_PER_SECOND / seconds * 100);
    }

    private static long unshared(long pid) {
        try {
            var pages = Files.readString(PROC.resolve(pid + "/statm")).split(" ", -1);
            return Math.max(0, Long.parseLong(pages[1]) - Long.parseLong(pages[2])) * PAGE_BYTES;
        } catch (IOException e) {
            return 0;
        }
    }

    private static long memoryOfMachine() {
        return numbers("meminfo").getOrDefault("MemTotal:", 0L) * 1024;
    }

    /** Reads lines of a name, a number and perhaps a unit. */
    private static Map<String, Long> numbers(String file) {
        var numbers = new HashMap<String, Long>();
        try {
            for (var line : Files.readAllLines(PROC.resolve(file))) {
                var words = line.split("\\s+", -1);
                if (words.length >= 2 && words[1].matches("[0-9]{1,18}")) {
                    numbers.put(words[0], Long.parseLong(words[1]));
                }
            }
        } catch (IOException e) {
            // Gone meanwhile, or not for us to read: nothing is known.
        }
        return numbers;
    }
}
