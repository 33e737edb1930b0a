package dev.rookery.examples.egglab;

import dev.rookery.api.CallOptions;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.egg.Egg;
import dev.rookery.api.egg.ServerAssembly;
import dev.rookery.api.egg.ServerPlan;
import dev.rookery.api.panel.Build;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.ServerPage;
import java.util.List;
import java.util.Map;

/** The panel of a trial, which knows one server and tells its progress how the installation ended. */
final class TrialServer implements Panel {

    private final ServerId id = ServerId.random();
    private final ServerConfiguration configuration;
    private final InstallScript installScript;
    private final TrialProgress progress;

    TrialServer(Egg egg, Map<String, String> values, long memoryMebibytes, TrialProgress progress) {
        var plan = ServerPlan.builder(egg)
                .id(id)
                .name(egg.name())
                .variables(values)
                .limits(Build.builder().memoryMebibytes(memoryMebibytes).build())
                .build();
        this.configuration = ServerAssembly.configuration(egg, plan);
        this.installScript = ServerAssembly.installScript(egg);
        this.progress = progress;
    }

    ServerId id() {
        return id;
    }

    @Override
    public Panel with(CallOptions options) {
        return this;
    }

    @Override
    public ServerPage servers(int page, int perPage) {
        return new ServerPage(List.of(), page, page, 0);
    }

    @Override
    public ServerConfiguration configuration(ServerId server) {
        return known(server, configuration);
    }

    @Override
    public InstallScript installScript(ServerId server) {
        return known(server, installScript);
    }

    @Override
    public void reportInstall(ServerId server, InstallReport report) {
        progress.installed(report.successful());
    }

    private <T> T known(ServerId server, T answer) {
        if (!server.equals(id)) {
            throw new NotFoundException("server " + server + " (expected: " + id + ")");
        }
        return answer;
    }
}
