package dev.rookery.examples.load.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the kernel says of a process.
 *
 * @param residentMebibytes its resident memory
 * @param threads its threads
 * @param cpuSeconds the processor time it has taken so far
 */
record ProcessFigures(double residentMebibytes, int threads, double cpuSeconds) {

    /** The kernel counts in hundredths of a second towards programs, on every architecture we know. */
    private static final double TICKS = 100;

    private static final List<String> WITH_FILES =
            List.of("-XX:AOT", "-XX:SharedArchiveFile", "-XX:StartFlightRecording", "-Xlog");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");

    static ProcessFigures of(long pid) throws IOException {
        var folder = Path.of("/proc", Long.toString(pid));
        var status = Files.readString(folder.resolve("status"));
        var stat = Files.readString(folder.resolve("stat"));
        // The name before the last bracket may hold anything.
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return new ProcessFigures(
                number(RESIDENT, status) / 1024.0,
                number(THREADS, status),
                (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS);
    }

    /** Returns the options that its JVM was started with, without those that read or write files. */
    static List<String> jvmOptions(long pid) throws IOException {
        var options = new ArrayList<String>();
        var words = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"))
                .split("\0", -1);
        for (var word : words) {
            if (word.startsWith("-X") && WITH_FILES.stream().noneMatch(word::startsWith)) {
                options.add(word);
            }
        }
        return options;
    }

    /** Returns the program file that it runs. */
    static String executable(long pid) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "exe"))
                .toString();
    }

    private static int number(Pattern pattern, String text) throws IOException {
        var found = pattern.matcher(text);
        if (!found.find()) {
            throw new IOException("the process has ended");
        }
        return Integer.parseInt(found.group(1));
    }
}
