package dev.rookery.daemon.internal.store;

import dev.rookery.api.ServerId;
import dev.rookery.api.panel.Allocations;
import dev.rookery.api.panel.Build;
import dev.rookery.api.panel.ProcessConfiguration;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.ServerSettings;
import java.util.List;
import java.util.Map;

/** What is stored of a server, for tests. */
public final class Rows {

    private Rows() {}

    static StoredState state(String phase, long epoch) {
        return StoredState.builder()
                .phase(phase)
                .next("NONE")
                .epoch(epoch)
                .killed(false)
                .suspended(false)
                .transferring(false)
                .crashDetection(true)
                .startAfter(false)
                .build();
    }

    /** Returns the configuration of a server that does nothing. */
    public static ServerConfiguration configuration(ServerId id) {
        var settings = ServerSettings.builder()
                .uuid(id)
                .meta(new ServerSettings.Meta("test", ""))
                .suspended(false)
                .invocation("true")
                .skipEggScripts(false)
                .build(Build.builder().build())
                .container(new ServerSettings.Container("image"))
                .allocations(Allocations.none())
                .egg(new ServerSettings.EggReference("", List.of(), Map.of()))
                .build();
        var process = new ProcessConfiguration(
                new ProcessConfiguration.Startup(List.of(), List.of(), false),
                new ProcessConfiguration.Stop("command", "stop"),
                List.of());
        return new ServerConfiguration(settings, process);
    }
}
