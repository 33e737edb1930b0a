package dev.rookery.examples.embedded;

import dev.rookery.api.CallOptions;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.egg.Egg;
import dev.rookery.api.egg.ServerAssembly;
import dev.rookery.api.egg.ServerPlan;
import dev.rookery.api.panel.Build;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.ServerPage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

// snippet: panel
/** A panel that knows one server, made from an egg. What a daemon reports to it, it does not want to know. */
record OneServer(ServerId id, ServerConfiguration configuration, InstallScript installScript) implements Panel {

    private static final int MEMORY_MEBIBYTES = 1024;

    /** The server of an egg is the same in every run, so that the next one finds its files. */
    static OneServer of(Egg egg) {
        var id = new ServerId(UUID.nameUUIDFromBytes(egg.name().getBytes(StandardCharsets.UTF_8)));
        var plan = ServerPlan.builder(egg)
                .id(id)
                .name(egg.name())
                .limits(Build.builder().memoryMebibytes(MEMORY_MEBIBYTES).build())
                .build();
        return new OneServer(id, ServerAssembly.configuration(egg, plan), ServerAssembly.installScript(egg));
    }

    @Override
    public Panel with(CallOptions options) {
        return this;
    }

    @Override
    public ServerPage servers(int page, int perPage) {
        return new ServerPage(List.of(new ServerPage.Entry(id.toString(), configuration, null)), page, page, 1);
    }

    @Override
    public ServerConfiguration configuration(ServerId server) {
        requireKnown(server);
        return configuration;
    }

    @Override
    public InstallScript installScript(ServerId server) {
        requireKnown(server);
        return installScript;
    }

    private void requireKnown(ServerId server) {
        if (!server.equals(id)) {
            throw new NotFoundException("server " + server + " (expected: " + id + ")");
        }
    }
}
// end
