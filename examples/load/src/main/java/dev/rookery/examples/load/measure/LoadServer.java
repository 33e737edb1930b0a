package dev.rookery.examples.load.measure;

import dev.rookery.api.ServerId;
import dev.rookery.api.panel.Allocations;
import dev.rookery.api.panel.Build;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.ProcessConfiguration;
import dev.rookery.api.panel.ProcessConfiguration.Startup;
import dev.rookery.api.panel.ProcessConfiguration.Stop;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.ServerSettings;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;

/** The server that is measured: prints what is written into the FIFO among its files, and nothing else. */
final class LoadServer {

    static final String FIFO = "feed";
    static final String READY = "load server is ready";
    /** Opened for both directions, so that it neither waits for a writer nor ends with one. */
    static final String COMMAND =
            "stty -echo 2>/dev/null; rm -f " + FIFO + "; mkfifo " + FIFO + "; echo " + READY + "; exec cat 0<>" + FIFO;

    private static final String EGG = "3f0a2a52-5d3f-4c0e-9a5c-5b1de0f5f0a1";

    private LoadServer() {}

    static ServerId id() {
        return new ServerId(UUID.randomUUID());
    }

    static ServerConfiguration configuration(ServerId id, String image) {
        var settings = ServerSettings.builder()
                .id(OptionalInt.of(1))
                .uuid(id)
                .meta(new ServerSettings.Meta("load", ""))
                .suspended(false)
                .invocation(COMMAND)
                .skipEggScripts(true)
                .build(Build.builder().memoryMebibytes(128).diskMebibytes(0).build())
                .container(new ServerSettings.Container(image))
                .allocations(Allocations.none())
                .egg(new ServerSettings.EggReference(EGG, List.of(), Map.of()))
                .build();
        return new ServerConfiguration(
                settings,
                new ProcessConfiguration(
                        new Startup(List.of(READY), List.of(), false), new Stop(Stop.SIGNAL, "SIGKILL"), List.of()));
    }

    /** Not run: its egg's scripts are skipped. */
    static InstallScript install(String image) {
        return new InstallScript(image, "sh", "true\n");
    }
}
