package dev.rookery.examples.load.measure;

import dev.rookery.api.Json;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.dialect.WireJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A container that prints like a measured server, read by {@code docker attach}. For one thread. */
final class AttachedContainer implements AutoCloseable {

    private static final long LOOK_MILLIS = 5;
    private static final long PROBE_MILLIS = 200;
    private static final long ATTACH_SECONDS = 30;

    private final String name;
    private final Path folder;
    private final Feed feed;
    private @Nullable Process process;
    private volatile long last;

    private AttachedContainer(String name, Path folder, Feed feed) {
        this.name = name;
        this.folder = folder;
        this.feed = feed;
    }

    /** Starts one with the image, the user and the log driver of another container. */
    static AttachedContainer like(String other, String image) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("rookery-load");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        var name = "rookery-load-" + UUID.randomUUID();
        var command = new ArrayList<>(List.of("run", "-d", "-i", "-t", "--init", "--name", name, "--network", "none"));
        command.addAll(List.of("--user", Docker.run("inspect", "--format", "{{.Config.User}}", other)));
        command.addAll(logDriver(other));
        command.addAll(List.of("-v", folder + ":/home/container", "-e", "STARTUP=" + LoadServer.COMMAND, image));
        try {
            Docker.run(command.toArray(String[]::new));
            return new AttachedContainer(name, folder, Feed.open(folder.resolve(LoadServer.FIFO)));
        } catch (IOException | InterruptedException | RuntimeException e) {
            Docker.remove(List.of(name));
            Folders.delete(folder);
            throw e;
        }
    }

    private static List<String> logDriver(String other) {
        var text = Docker.run("inspect", "--format", "{{json .HostConfig.LogConfig}}", other);
        var json = WireJson.read(text.getBytes(StandardCharsets.UTF_8), Json.Obj.class);
        var options = new ArrayList<String>();
        if (json.members().get("Type") instanceof Json.Text type) {
            options.addAll(List.of("--log-driver", type.value()));
        }
        if (json.members().get("Config") instanceof Json.Obj config) {
            config.members().forEach((key, value) -> {
                if (value instanceof Json.Text set) {
                    options.addAll(List.of("--log-opt", key + "=" + set.value()));
                }
            });
        }
        return options;
    }

    Feed feed() {
        return feed;
    }

    /** Attaches and waits until lines arrive. */
    void attach() throws IOException, InterruptedException {
        var attached = new ProcessBuilder("docker", "attach", "--no-stdin", name)
                .redirectErrorStream(true)
                .start();
        process = attached;
        var reader = new Thread(() -> read(attached.getInputStream()), "attached");
        reader.setDaemon(true);
        reader.start();
        long begin = System.nanoTime();
        do {
            if (!attached.isAlive() || System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(ATTACH_SECONDS)) {
                throw new UnavailableException("docker attach does not show what the container prints");
            }
            feed.flood(1);
        } while (!await(feed.written(), Duration.ofMillis(PROBE_MILLIS)));
    }

    void detach() throws InterruptedException {
        var attached = process;
        process = null;
        if (attached != null) {
            // Its way out would be a key; a signal is handed to the container.
            attached.destroyForcibly().waitFor();
        }
    }

    /** Waits for a line; false if nothing more comes for so long. */
    boolean await(long number, Duration patience) throws InterruptedException {
        long seen = last;
        long changed = System.nanoTime();
        while (last < number) {
            long now = System.nanoTime();
            if (last != seen) {
                seen = last;
                changed = now;
            } else if (now - changed > patience.toNanos()) {
                return false;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        try {
            detach();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        feed.close();
        Docker.remove(List.of(name));
        Folders.delete(folder);
    }

    /** Looks at the number of each line, as the sockets' side does. */
    private void read(InputStream in) {
        var bytes = new byte[64 * 1024];
        int digits = -1;
        long number = 0;
        try (in) {
            for (int count = in.read(bytes); count > 0; count = in.read(bytes)) {
                for (int i = 0; i < count; i++) {
                    byte c = bytes[i];
                    if (c == Feed.BEGIN) {
                        digits = 0;
                        number = 0;
                    } else if (digits >= 0 && digits < Feed.NUMBER_DIGITS) {
                        number = number * 10 + (c - '0');
                        digits++;
                    } else if (c == '\n' && digits == Feed.NUMBER_DIGITS) {
                        last = number;
                        digits = -1;
                    }
                }
            }
        } catch (IOException ignored) {
            // The command was ended.
        }
    }
}
