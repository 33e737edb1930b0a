package dev.rookery.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The memory of a process that is resident, as the kernel tells it, in MiB. Without state. */
final class ProcessMemory {

    private static final double KIBIBYTES = 1024;

    private ProcessMemory() {}

    /** Returns what it has at present. */
    static double now(long pid) {
        return read(pid, "VmRSS");
    }

    /** Returns the most that it has had. */
    static double peak(long pid) {
        return read(pid, "VmHWM");
    }

    /** Returns the most that a process has had when it has ended; what it takes in its last milliseconds is not seen. */
    static double peakUntilEnd(Process process) throws InterruptedException {
        double peak = 0;
        while (process.isAlive()) {
            peak = Math.max(peak, peak(process.pid()));
            Thread.sleep(5);
        }
        return peak;
    }

    private static double read(long pid, String name) {
        try {
            var line = Pattern.compile(name + ":\\s+(\\d+) kB")
                    .matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
            return line.find() ? Double.parseDouble(line.group(1)) / KIBIBYTES : 0;
        } catch (IOException ignored) {
            // It has ended.
            return 0;
        }
    }
}
