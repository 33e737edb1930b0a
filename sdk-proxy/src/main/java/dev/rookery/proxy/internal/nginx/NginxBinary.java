package dev.rookery.proxy.internal.nginx;

import dev.rookery.kit.DurableFiles;
import dev.rookery.proxy.EngineFeatures;
import dev.rookery.proxy.apply.EngineException;
import dev.rookery.proxy.apply.EngineException.Problem;
import dev.rookery.proxy.internal.name.Shown;
import dev.rookery.proxy.internal.probe.Program;
import dev.rookery.proxy.route.EngineKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** An nginx's program. Thread-safe. */
public final class NginxBinary {

    private static final int SAID_MAX = 500;
    private static final Pattern VERSION = Pattern.compile("nginx/(\\d+\\.\\d+\\.\\d+)");
    private static final Pattern MODULES = Pattern.compile("--modules-path=(\\S+)");

    private static final Pattern USER = Pattern.compile("--user=(\\S+)");

    private final String program;
    private final Path directory;
    private final Duration timeout;
    private final String built;

    /**
     * Creates what runs a program, and asks it what it can do.
     *
     * @param directory in which it runs
     */
    public NginxBinary(String program, Path directory, Duration timeout) {
        this.program = program;
        this.directory = directory;
        this.timeout = timeout;
        this.built = Program.run(List.of(program, "-V"), Map.of(), timeout).text();
    }

    /** Returns its version, and whether it knows connections. */
    public EngineFeatures features() {
        var version = VERSION.matcher(built);
        if (!version.find()) {
            throw new EngineException(Problem.UNAVAILABLE, program + " does not say its version: " + Shown.of(built));
        }
        var modules = new HashSet<String>();
        if (built.matches("(?s).*--with-stream(\\s.*|$)") || streamModule().isPresent()) {
            modules.add("stream");
        }
        return new EngineFeatures(EngineKind.NGINX, version.group(1), modules);
    }

    /** Returns whose rights its workers have if no configuration says so and the system's administrator starts it. */
    public String user() {
        var user = USER.matcher(built);
        return user.find() ? user.group(1) : "nobody";
    }

    /** Returns the file of its module for connections, if it is a file and is there. */
    public Optional<String> streamModule() {
        var folder = MODULES.matcher(built);
        return folder.find()
                ? Optional.of(Path.of(folder.group(1), "ngx_stream_module.so"))
                        .filter(Files::exists)
                        .map(Path::toString)
                : Optional.empty();
    }

    /** Returns what it says against a configuration; empty if it would take it. A server that would never be asked is only a warning of its own. */
    public Optional<String> test(Path config) {
        var said = run(config, "-t", "-q");
        boolean warned = said.text().contains("conflicting server name");
        return said.code() == 0 && !warned
                ? Optional.empty()
                : Optional.of(Shown.of(said.text().strip(), SAID_MAX));
    }

    /** Starts it. */
    public void start(Path config) {
        told(run(config));
    }

    /**
     * Gives what runs a signal. For that it reads a configuration first, only to learn where the number of its process is: with thousands of routes,
     * longer than all else. It gets one that says nothing but that.
     *
     * @param signal {@code reload} or {@code stop}
     */
    public void signal(String signal) throws IOException {
        var file = directory.resolve("signal.conf");
        if (!Files.exists(file)) {
            DurableFiles.write(
                    file,
                    "pid nginx.pid;\nerror_log error.log warn;\nevents {\n}\n".getBytes(StandardCharsets.UTF_8),
                    DurableFiles.READABLE);
        }
        told(run(file, "-s", signal));
    }

    private static void told(Program.Said said) {
        if (said.code() != 0) {
            throw new EngineException(
                    Problem.REFUSED,
                    "nginx does not take it: " + Shown.of(said.text().strip(), SAID_MAX));
        }
    }

    private Program.Said run(Path config, String... words) {
        var command = new ArrayList<>(List.of(program, "-p", directory.toString(), "-c", config.toString()));
        command.addAll(List.of(words));
        return Program.run(command, Map.of(), timeout);
    }
}
