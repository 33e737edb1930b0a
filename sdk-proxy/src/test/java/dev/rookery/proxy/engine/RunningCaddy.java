package dev.rookery.proxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.apply.EngineException;
import dev.rookery.proxy.apply.ProxyEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A Caddy of this machine that runs: the one on the PATH, or the one that ROOKERY_CADDY names. All that it keeps is below a folder. */
public final class RunningCaddy implements AutoCloseable {

    /** Its file or name. */
    public static final String PROGRAM =
            Optional.ofNullable(System.getenv("ROOKERY_CADDY")).orElse("caddy");

    private final String program;
    private final Path folder;
    private Process process;

    private final boolean watching;

    /** Starts one with nothing but its administration. */
    public RunningCaddy(Path folder, String admin) throws IOException {
        this(PROGRAM, folder, admin, false);
    }

    /** Starts one of a program with nothing but its administration. */
    RunningCaddy(String program, Path folder, String admin) throws IOException {
        this(program, folder, admin, false);
    }

    /**
     * Starts one.
     *
     * @param watching whether it looks at its file again and again
     */
    public RunningCaddy(Path folder, String admin, boolean watching) throws IOException {
        this(PROGRAM, folder, admin, watching);
    }

    private RunningCaddy(String program, Path folder, String admin, boolean watching) throws IOException {
        this.program = program;
        this.folder = folder;
        this.watching = watching;
        var origins = admin.startsWith("unix/") ? "" : ",\"enforce_origin\":true,\"origins\":[\"" + admin + "\"]";
        Files.writeString(
                bootFile(), "{\"admin\":{\"listen\":\"" + admin + "\"" + origins + ",\"config\":{\"persist\":false}}}");
        process = start();
    }

    public Path bootFile() {
        return folder.resolve("boot.json");
    }

    public Path log() {
        return folder.resolve("caddy.log");
    }

    public void restart() throws IOException, InterruptedException {
        close();
        process = start();
    }

    private Process start() throws IOException {
        var builder = command(program, folder, bootFile(), log());
        if (watching) {
            builder.command().add("--watch");
        }
        return builder.start();
    }

    /** Returns what starts one by a file. */
    static ProcessBuilder command(String program, Path folder, Path bootFile, Path log) {
        var command = new ArrayList<>(List.of(program, "run", "--config", bootFile.toString()));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("XDG_DATA_HOME", folder.resolve("data").toString());
        builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        return builder;
    }

    /** Waits until its administration answers. */
    void awaitAnswer(ProxyEngine engine) {
        await(() -> {
            try {
                engine.running();
                return true;
            } catch (EngineException notYet) {
                return false;
            }
        });
    }

    /** Waits until something is so. */
    public void await(BooleanSupplier so) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!so.getAsBoolean()) {
            assertThat(System.nanoTime()).as("Caddy does not answer").isLessThan(end);
            LockSupport.parkNanos(20_000_000L);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
