package dev.rookery.daemon.internal.environment.process;

import dev.rookery.api.RookeryException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.spi.ProcessSpec;
import dev.rookery.api.spi.ProcessStatus;
import dev.rookery.api.spi.ProcessSummary;
import dev.rookery.kit.DurableFiles;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;

/**
 * What is known of one process, all of it in files, so that the next daemon knows it as well: who it is, what its wrapper wrote, and what it
 * printed. Immutable; the files change.
 *
 * @param id its id
 * @param path where the files are
 * @param name its name
 * @param labels its labels
 * @param enclosed whether it runs in bubblewrap
 */
record ProcessFolder(String id, Path path, String name, Map<String, String> labels, boolean enclosed) {

    private static final String IDENTITY = "identity";
    private static final String LIMITS = "limits";
    private static final String LABEL = "label.";
    private static final String ENCLOSED = "enclosed";
    /** Bubblewrap itself, and the first process of its namespace. */
    private static final int ENCLOSING_PROCESSES = 2;

    private static final int KILLED = 137;

    ProcessFolder {
        labels = Map.copyOf(labels);
    }

    /** Writes down who a new process is. */
    static ProcessFolder create(String id, Path path, ProcessSpec spec, boolean enclosed) throws IOException {
        var identity = new Properties();
        identity.setProperty("name", spec.name());
        identity.setProperty(ENCLOSED, Boolean.toString(enclosed));
        spec.labels().forEach((key, value) -> identity.setProperty(LABEL + key, value));
        var folder = new ProcessFolder(id, path, spec.name(), spec.labels(), enclosed);
        folder.keep(spec.limits());
        store(path.resolve(IDENTITY), identity);
        return folder;
    }

    private static void store(Path file, Properties properties) throws IOException {
        var text = new StringWriter();
        properties.store(text, null);
        DurableFiles.write(file, text.toString().getBytes(StandardCharsets.UTF_8), DurableFiles.PRIVATE);
    }

    /** Writes down what it may use. */
    void keep(ProcessSpec.Limits limits) throws IOException {
        var numbers = new Properties();
        numbers.setProperty("memory", Long.toString(limits.memoryBytes()));
        numbers.setProperty("reservation", Long.toString(limits.reservationBytes()));
        numbers.setProperty("swap", Long.toString(limits.swapTotalBytes()));
        numbers.setProperty("oom", Boolean.toString(limits.oomKiller()));
        numbers.setProperty("cpu", Long.toString(limits.cpuPercent()));
        numbers.setProperty("cpus", limits.cpus());
        numbers.setProperty("pids", Long.toString(limits.pids()));
        store(path.resolve(LIMITS), numbers);
    }

    /** Returns what it may use; nothing is limited for one of an earlier version, which did not write it down. */
    ProcessSpec.Limits limits() {
        var numbers = new Properties();
        read(LIMITS).ifPresent(text -> {
            try {
                numbers.load(new StringReader(text));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return new ProcessSpec.Limits(
                Long.parseLong(numbers.getProperty("memory", "0")),
                Long.parseLong(numbers.getProperty("reservation", "0")),
                Long.parseLong(numbers.getProperty("swap", "0")),
                Boolean.parseBoolean(numbers.getProperty("oom", "true")),
                Long.parseLong(numbers.getProperty("cpu", "0")),
                numbers.getProperty("cpus", ""),
                0,
                Long.parseLong(numbers.getProperty("pids", "0")));
    }

    /** Returns what its control group may use: what encloses it is in there, too. */
    ProcessSpec.Limits groupLimits() {
        var own = limits();
        return !enclosed || own.pids() == 0
                ? own
                : new ProcessSpec.Limits(
                        own.memoryBytes(),
                        own.reservationBytes(),
                        own.swapTotalBytes(),
                        own.oomKiller(),
                        own.cpuPercent(),
                        own.cpus(),
                        own.ioWeight(),
                        own.pids() + ENCLOSING_PROCESSES);
    }

    /** Reads who the process of a folder is; empty if its creation was broken off. */
    static Optional<ProcessFolder> open(Path path) throws IOException {
        var identity = new Properties();
        try {
            identity.load(new StringReader(Files.readString(path.resolve(IDENTITY))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        var labels = new LinkedHashMap<String, String>();
        for (var key : identity.stringPropertyNames()) {
            if (key.startsWith(LABEL)) {
                labels.put(key.substring(LABEL.length()), identity.getProperty(key));
            }
        }
        return Optional.of(new ProcessFolder(
                path.getFileName().toString(),
                path,
                identity.getProperty("name", ""),
                labels,
                Boolean.parseBoolean(identity.getProperty(ENCLOSED, "false"))));
    }

    Path stdin() {
        return path.resolve("stdin");
    }

    Path wrapperLog() {
        return path.resolve("wrapper.log");
    }

    /** Returns what the wrapper complained of, for a message; empty text if of nothing. */
    String wrapperWords() {
        return read("wrapper.log")
                .map(words -> " (" + words.lines().findFirst().orElse("") + ")")
                .orElse("");
    }

    Path output() {
        return path.resolve("output");
    }

    /** Forgets the last run, before the next one. */
    void forgetRun() throws IOException {
        for (var left : new String[] {"exit", "child", "wrapper"}) {
            Files.deleteIfExists(path.resolve(left));
        }
    }

    /** Returns the wrapper, if it is the one that was started and lives. */
    Optional<ProcFile> wrapper() {
        return read("wrapper").map(ProcFile::parse).filter(ProcFile::lives);
    }

    /** Returns the process itself, while it runs. */
    OptionalLong child() {
        return read("child")
                .map(Long::parseLong)
                .map(child -> enclosed ? ProcFile.runBy(child) : OptionalLong.of(child))
                .orElseGet(OptionalLong::empty);
    }

    /** Returns whether the last run has left its exit code. */
    boolean exited() {
        return read("exit").isPresent();
    }

    /** Returns whether the wrapper lives; it does so for a moment after the process. */
    boolean running() {
        return wrapper().isPresent();
    }

    ProcessStatus status() {
        // In this order: a wrapper that was seen to begin is seen to live, and it writes the code while it still lives.
        var begun = startedAt();
        boolean running = running();
        var exit = read("exit").map(Integer::parseInt);
        // Whoever ends the wrapper too leaves no code.
        return new ProcessStatus(
                id,
                running && exit.isEmpty(),
                exit.orElse(begun.isPresent() && !running ? KILLED : 0),
                false,
                running ? startedAt() : begun);
    }

    ProcessSummary summary() {
        return new ProcessSummary(id, name, status().running(), labels);
    }

    private Optional<Instant> startedAt() {
        try {
            return Optional.of(
                    Files.getLastModifiedTime(path.resolve("wrapper")).toInstant());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<String> read(String file) {
        try {
            return Optional.of(Files.readString(path.resolve(file)).strip()).filter(text -> !text.isEmpty());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("read what is known of", e);
        }
    }

    RookeryException failed(String what, IOException e) {
        return new UnavailableException("process runtime: cannot " + what + " process " + name + ": " + e, e);
    }
}
