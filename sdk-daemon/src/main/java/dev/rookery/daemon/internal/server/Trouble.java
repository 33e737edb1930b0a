package dev.rookery.daemon.internal.server;

import dev.rookery.api.ServerId;
import dev.rookery.api.panel.Allocations;
import dev.rookery.api.panel.Build;
import dev.rookery.api.panel.ProcessConfiguration;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.ServerSettings;
import java.util.List;
import java.util.Map;

/** What is said of a server that cannot be read, and what stands in for its configuration until it can be. */
public final class Trouble {

    private static final String REPAIR =
            " (repair: synchronise the server, once the panel gives a configuration that can be read)";

    private Trouble() {}

    /** Says that what the panel gives cannot be read. */
    public static String ofPanel(RuntimeException reason) {
        return ofPanel(String.valueOf(reason.getMessage()));
    }

    /** Says that what the panel gives cannot be read. */
    public static String ofPanel(String reason) {
        return "the panel's configuration of this server cannot be read: " + reason + REPAIR;
    }

    /** Says that what was stored cannot be read. */
    static String ofStore(String reason) {
        return "what this node stored of the server cannot be read: " + reason + REPAIR;
    }

    /** Returns what stands in for a configuration: enough to show, stop and delete the server, and nothing that would start one. */
    static ServerConfiguration placeholder(ServerId id) {
        var settings = ServerSettings.builder()
                .uuid(id)
                .meta(new ServerSettings.Meta("", ""))
                .suspended(true)
                .invocation("")
                .skipEggScripts(false)
                .build(Build.builder().build())
                .container(new ServerSettings.Container(""))
                .allocations(Allocations.none())
                .egg(new ServerSettings.EggReference("", List.of(), Map.of()))
                .build();
        var process = new ProcessConfiguration(
                new ProcessConfiguration.Startup(List.of(), List.of(), false),
                new ProcessConfiguration.Stop("native", ""),
                List.of());
        return new ServerConfiguration(settings, process);
    }
}
