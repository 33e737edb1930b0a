package dev.rookery.daemon.internal.node;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.config.NodeConfigurationPatch;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.DiagnosticsRequest;
import dev.rookery.api.node.DockerDiskUsage;
import dev.rookery.api.node.ImagePruning;
import dev.rookery.api.node.MachineDetails;
import dev.rookery.api.node.NodeMachine;
import dev.rookery.api.node.Utilization;
import dev.rookery.api.spi.ImageStore;
import dev.rookery.daemon.internal.machine.Diagnostics;
import dev.rookery.daemon.internal.machine.HostAddresses;
import dev.rookery.daemon.internal.machine.HostFacts;
import dev.rookery.daemon.internal.server.ManagedServer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The machine of a daemon, asked by one caller. Immutable and thread-safe. */
final class DaemonMachine implements NodeMachine {

    private final DaemonNode node;
    private final Operation operation;

    DaemonMachine(DaemonNode node, Operation operation) {
        this.node = node;
        this.operation = operation;
    }

    @Override
    public MachineDetails details() {
        node.requirePanel("ask for the node's machine");
        return node.call(() -> machine(images(Capability.MACHINE_DETAILS).engine(cancel())));
    }

    @Override
    public DockerDiskUsage dockerDiskUsage() {
        node.requirePanel("ask what the container engine keeps");
        return node.call(() -> images(Capability.DOCKER_DISK).diskUsage(cancel()));
    }

    @Override
    public ImagePruning pruneImages() {
        node.requirePanel("remove images");
        return node.call(() -> images(Capability.DOCKER_DISK).prune(cancel()));
    }

    @Override
    public Utilization utilization() {
        node.requirePanel("ask what the node's machine uses");
        return operation.host().utilization(directories());
    }

    @Override
    public List<String> ipAddresses() {
        node.requirePanel("ask for the addresses of the node's machine");
        return addresses();
    }

    @Override
    public String diagnostics(DiagnosticsRequest request) {
        node.requirePanel("have the node report on itself");
        requireNonNull(request, "request");
        return node.call(() -> {
            var servers = node.running().servers().stream()
                    .map(ManagedServer::details)
                    .toList();
            // Of this report alone: servers come and go, what they keep secret is not remembered.
            var secrets = operation.secrets().copy();
            servers.forEach(
                    server -> secrets.addVariables(server.configuration().environment()));
            return new Diagnostics(operation.options(), operation.log())
                    .write(
                            request,
                            () -> machine(engine()),
                            () -> operation.host().utilization(directories()),
                            servers,
                            addresses(),
                            secrets);
        });
    }

    @Override
    public boolean updateConfiguration(NodeConfigurationPatch patch) {
        node.requirePanel("change the node's configuration");
        return operation
                .updates()
                .orElseThrow(() -> new NotOfferedException(Capability.CONFIGURATION_UPDATE))
                .apply(patch);
    }

    private MachineDetails machine(MachineDetails.Docker engine) {
        return new MachineDetails(HostFacts.version(), engine, HostFacts.machine(operation.host()));
    }

    private MachineDetails.Docker engine() {
        return node.running()
                .services()
                .environment()
                .images()
                .map(store -> store.engine(cancel()))
                .orElseGet(() -> new MachineDetails.Docker("", null, null, null, null));
    }

    private ImageStore images(Capability capability) {
        return node.running().services().environment().images().orElseThrow(() -> new NotOfferedException(capability));
    }

    private CancelSignal cancel() {
        return node.options().cancel().orElseGet(CancelSignal::create);
    }

    private List<String> addresses() {
        return HostAddresses.all(operation.options().docker().systemIps());
    }

    private Map<String, Path> directories() {
        var system = operation.options().system();
        var directories = new LinkedHashMap<String, Path>();
        directories.put("Root", system.rootDirectory());
        directories.put("Logs", system.logDirectory());
        directories.put("Data", system.dataDirectory());
        directories.put("Archive", system.archiveDirectory());
        directories.put("Backup", system.backupDirectory());
        directories.put("Temp", system.tmpDirectory());
        return directories;
    }
}
