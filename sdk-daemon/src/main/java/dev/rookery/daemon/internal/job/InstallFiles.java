package dev.rookery.daemon.internal.job;

import dev.rookery.api.ServerId;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.daemon.DaemonOptions;
import dev.rookery.daemon.internal.file.Trees;
import dev.rookery.kit.DurableFiles;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;

/** The files of one server's installation: the script, and the log. Not thread-safe. */
public final class InstallFiles {

    private static final long LOG_MAX_BYTES = 16L * 1024 * 1024;
    /** Stands between the head of a log and the script's output. */
    public static final String RULER = "| Script Output";

    private final ServerId server;
    private final Path scriptDirectory;
    private final Path log;

    /** Names the files of one server. */
    public InstallFiles(DaemonOptions options, ServerId server) {
        this.server = server;
        this.scriptDirectory = options.system().tmpDirectory().resolve(server.toString());
        this.log = options.system().logDirectory().resolve("install").resolve(server + ".log");
    }

    /** Writes the script where the container finds it; returns its directory. */
    public Path writeScript(InstallScript script) throws IOException {
        // What an earlier installation may have left in it, such as links, is not trusted.
        removeScript();
        Files.createDirectories(scriptDirectory.getParent());
        Files.createDirectory(
                scriptDirectory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        // A script with CRLF ends in "not found" errors in every shell.
        var text = script.script().replace("\r\n", "\n");
        DurableFiles.write(
                scriptDirectory.resolve("install.sh"), text.getBytes(StandardCharsets.UTF_8), DurableFiles.READABLE);
        return scriptDirectory;
    }

    /** Returns the directory of the script. */
    public Path scriptDirectory() {
        return scriptDirectory;
    }

    /** Removes the script. */
    public void removeScript() throws IOException {
        Trees.delete(scriptDirectory);
    }

    /**
     * Begins a new log.
     *
     * @param variables names of the variables; their values may be secrets
     */
    public PrintWriter beginLog(InstallScript script, List<String> variables, Instant at) throws IOException {
        Files.createDirectories(log.getParent());
        var writer = new PrintWriter(
                new OutputStreamWriter(
                        new CappedOutput(Files.newOutputStream(log), LOG_MAX_BYTES), StandardCharsets.UTF_8),
                true);
        writer.println("Rookery server installation log");
        writer.println();
        writer.println("| Details");
        writer.println("  Server:      " + server);
        writer.println("  Begun:       " + at);
        writer.println("  Image:       " + script.containerImage());
        writer.println("  Entrypoint:  " + script.entrypoint());
        writer.println("  Variables:   " + String.join(", ", variables));
        writer.println();
        writer.println(RULER);
        return writer;
    }
}
