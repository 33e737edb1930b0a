package dev.rookery.proxy.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;

/**
 * A Caddy that is started again by the file it starts with as soon as it ends, as a service of the system is. Whoever wants it restarted ends its process,
 * in whatever process he is himself. All that it keeps is below a folder.
 */
public final class SupervisedCaddy implements AutoCloseable {

    private static final String PID = "caddy.pid";

    private final Path folder;
    private final Thread supervisor = new Thread(this::supervise, "supervisor");
    private volatile boolean closed;
    private volatile Process process;

    /** Starts one with nothing but its administration. */
    public SupervisedCaddy(Path folder, String admin) throws IOException {
        this.folder = folder;
        Files.writeString(
                bootFile(folder),
                "{\"admin\":{\"listen\":\"" + admin + "\",\"enforce_origin\":true,\"origins\":[\"" + admin
                        + "\"],\"config\":{\"persist\":false}}}");
        process = RunningCaddy.command(RunningCaddy.PROGRAM, folder, bootFile(folder), folder.resolve("caddy.log"))
                .start();
        tell();
        supervisor.start();
    }

    /** Returns the file that a Caddy of a folder starts with. */
    public static Path bootFile(Path folder) {
        return folder.resolve("boot.json");
    }

    /** Ends its process, as {@link #end(Path)} does. */
    public void end() throws IOException {
        end(folder);
    }

    /** Ends the process of the Caddy of a folder, and waits for that; it is started again. */
    public static void end(Path folder) throws IOException {
        var handle = ProcessHandle.of(Long.parseLong(Files.readString(folder.resolve(PID))));
        handle.ifPresent(ProcessHandle::destroyForcibly);
        handle.ifPresent(ended -> ended.onExit().orTimeout(20, TimeUnit.SECONDS).join());
    }

    private void supervise() {
        try {
            while (true) {
                process.waitFor();
                synchronized (this) {
                    if (closed) {
                        return;
                    }
                    process = RunningCaddy.command(
                                    RunningCaddy.PROGRAM, folder, bootFile(folder), folder.resolve("caddy.log"))
                            .start();
                    tell();
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell() throws IOException {
        var next = folder.resolve(PID + ".new");
        Files.write(next, String.valueOf(process.pid()).getBytes(StandardCharsets.US_ASCII));
        Files.move(next, folder.resolve(PID), StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            process.destroyForcibly();
        }
        try {
            supervisor.join(20_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
