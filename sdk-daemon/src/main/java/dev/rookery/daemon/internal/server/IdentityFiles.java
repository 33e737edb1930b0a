package dev.rookery.daemon.internal.server;

import dev.rookery.api.ServerId;
import dev.rookery.api.spi.ProcessSpec;
import dev.rookery.daemon.DaemonOptions;
import dev.rookery.daemon.ServerRuntime;
import dev.rookery.kit.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells the processes in a server's container who they are: a name for their user, and an id of their machine that outlives the container.
 * Processes without a container have those of this machine. Source: daemon behaviour §1.3. Immutable.
 */
final class IdentityFiles {

    private final DaemonOptions options;

    IdentityFiles(DaemonOptions options) {
        this.options = options;
    }

    /** Writes what has changed, before a container is made. */
    void write(ServerId server) throws IOException {
        if (options.runtime() != ServerRuntime.DOCKER) {
            return;
        }
        var system = options.system();
        if (system.passwdDirectory().isPresent()) {
            var directory = system.passwdDirectory().get();
            var ids = system.containerUser().orElse(system.uid() + ":" + system.gid());
            int colon = ids.indexOf(':');
            var gid = ids.substring(colon + 1);
            boolean root = ids.startsWith("0:");
            write(
                    directory.resolve("passwd"),
                    (root ? "" : "root:x:0:0:root:/root:/usr/sbin/nologin\n") + "container:x:" + ids
                            + "::/home/container:/usr/sbin/nologin\n");
            write(
                    directory.resolve("group"),
                    (gid.equals("0") ? "" : "root:x:0:\n") + "container:x:" + gid + ":container\n");
        }
        if (system.machineIdDirectory().isPresent()) {
            write(system.machineIdDirectory().get().resolve(server.toString()), machineId(server) + "\n");
        }
    }

    /** Forgets the id of a server that is no more. */
    void delete(ServerId server) throws IOException {
        if (options.system().machineIdDirectory().isPresent()) {
            Files.deleteIfExists(options.system().machineIdDirectory().get().resolve(server.toString()));
        }
    }

    List<ProcessSpec.Mount> mounts(ServerId server) {
        var mounts = new ArrayList<ProcessSpec.Mount>();
        if (options.runtime() == ServerRuntime.DOCKER) {
            var system = options.system();
            system.passwdDirectory().ifPresent(directory -> {
                mounts.add(new ProcessSpec.Mount(directory.resolve("passwd").toString(), "/etc/passwd", true));
                mounts.add(new ProcessSpec.Mount(directory.resolve("group").toString(), "/etc/group", true));
            });
            system.machineIdDirectory()
                    .ifPresent(directory -> mounts.add(new ProcessSpec.Mount(
                            directory.resolve(server.toString()).toString(), "/etc/machine-id", true)));
        }
        return mounts;
    }

    private static String machineId(ServerId server) {
        return server.toString().replace("-", "");
    }

    private static void write(Path file, String text) throws IOException {
        var content = text.getBytes(StandardCharsets.UTF_8);
        if (Files.isRegularFile(file)
                && Files.readString(file, StandardCharsets.UTF_8).equals(text)) {
            return;
        }
        var directory = file.getParent();
        if (directory != null) {
            DurableFiles.createDirectories(directory);
        }
        DurableFiles.write(file, content, DurableFiles.READABLE);
    }
}
