package dev.rookery.daemon.internal.environment.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A line of {@code /proc/<pid>/stat}. Source: proc(5).
 *
 * @param pid the process
 * @param state one letter
 * @param parent the process that started it, or took it over
 * @param session its session
 * @param cpuTicks processor time, in user and system mode
 * @param startTicks when it started, since the machine did; with {@code pid} it names a process once and for all
 */
record ProcFile(long pid, char state, long parent, long session, long cpuTicks, long startTicks) {

    private static final Path PROC = Path.of("/proc");
    // Counted from the field behind the name, which may hold blanks and brackets.
    private static final int STATE = 0;
    private static final int PARENT = 1;
    private static final int SESSION = 3;
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;
    private static final int START = 19;

    static ProcFile parse(String line) {
        int nameEnds = line.lastIndexOf(')');
        var fields = line.substring(nameEnds + 1).strip().split(" ", -1);
        return new ProcFile(
                Long.parseLong(line.substring(0, line.indexOf(' '))),
                fields[STATE].charAt(0),
                Long.parseLong(fields[PARENT]),
                Long.parseLong(fields[SESSION]),
                Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]),
                Long.parseLong(fields[START]));
    }

    static Optional<ProcFile> of(long pid) {
        try {
            return Optional.of(parse(Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Returns the processes of this machine. */
    static List<ProcFile> all() {
        var all = new ArrayList<ProcFile>();
        try (var names = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (var name : names) {
                of(Long.parseLong(name.getFileName().toString())).ifPresent(all::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    /** Returns what bubblewrap runs: the process of a fixed number in the namespace that it made. */
    static OptionalLong runBy(long bubblewrap) {
        var all = all();
        return all.stream()
                .filter(first -> first.parent == bubblewrap)
                .flatMap(first -> all.stream().filter(candidate -> candidate.parent == first.pid))
                .filter(candidate -> candidate.innermostNumber().equals(OptionalLong.of(Bubblewrap.COMMAND_NUMBER)))
                .mapToLong(ProcFile::pid)
                .findFirst();
    }

    /** Returns its number in the innermost namespace that it is in. */
    OptionalLong innermostNumber() {
        try (var lines = Files.lines(PROC.resolve(pid + "/status"), StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith("NSpid:"))
                    .map(line -> line.substring(line.lastIndexOf('\t') + 1).strip())
                    .mapToLong(Long::parseLong)
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            return OptionalLong.empty();
        }
    }

    /** Returns whether this very process is there and not a zombie. */
    boolean lives() {
        return of(pid).filter(now -> now.startTicks == startTicks && now.state != 'Z' && now.state != 'X')
                .isPresent();
    }
}
