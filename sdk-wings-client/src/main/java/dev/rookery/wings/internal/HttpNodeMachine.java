package dev.rookery.wings.internal;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Json;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.config.NodeConfigurationPatch;
import dev.rookery.api.dialect.NodeCall;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.DiagnosticsRequest;
import dev.rookery.api.node.DockerDiskUsage;
import dev.rookery.api.node.ImagePruning;
import dev.rookery.api.node.MachineDetails;
import dev.rookery.api.node.NodeMachine;
import dev.rookery.api.node.Utilization;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The machine and the configuration of a node behind HTTP. Source: node API §2.1 and §2.2. */
final class HttpNodeMachine implements NodeMachine {

    private static final String LONG_FORM = "2";
    private static final String CPU_COUNT = "cpu_count";
    /** What older daemons of Pterodactyl tell, whichever form they are asked for. */
    private static final Set<String> SHORT_FORM = Set.of("architecture", CPU_COUNT, "kernel_version", "os", "version");

    private final NodeConnection node;

    HttpNodeMachine(NodeConnection node) {
        this.node = node;
    }

    @Override
    public MachineDetails details() {
        var answer = ask(NodeCall.MACHINE_DETAILS, "v", LONG_FORM);
        if (answer.json(Json.class) instanceof Json.Obj object
                && object.members().containsKey(CPU_COUNT)
                && SHORT_FORM.containsAll(object.members().keySet())) {
            throw new NotOfferedException(
                    "the node knows the short form of " + NodeCall.MACHINE_DETAILS + " only",
                    Capability.MACHINE_DETAILS,
                    null,
                    answer.remote());
        }
        return answer.json(MachineDetails.class);
    }

    @Override
    public Utilization utilization() {
        node.requirePanel("ask for the machine's use");
        return node.ask(node.query(NodeCall.UTILIZATION)).json(Utilization.class);
    }

    @Override
    public List<String> ipAddresses() {
        node.requirePanel("ask for the machine's addresses");
        var answer = node.ask(node.query(NodeCall.IP_ADDRESSES)).json(Json.class);
        var addresses = new ArrayList<String>();
        if (answer instanceof Json.Obj object && object.members().get("ip_addresses") instanceof Json.Array list) {
            for (var item : list.items()) {
                if (item instanceof Json.Text text) {
                    addresses.add(text.value());
                }
            }
        }
        return List.copyOf(addresses);
    }

    @Override
    public DockerDiskUsage dockerDiskUsage() {
        node.requirePanel("ask for the engine's disk use");
        return node.ask(node.slow(NodeCall.DOCKER_DISK)).json(DockerDiskUsage.class);
    }

    @Override
    public ImagePruning pruneImages() {
        node.requirePanel("remove images");
        return node.ask(node.work(NodeCall.PRUNE_IMAGES)).json(ImagePruning.class);
    }

    @Override
    public String diagnostics(DiagnosticsRequest request) {
        node.requirePanel("ask for a report");
        var call = node.slow(NodeCall.DIAGNOSTICS)
                .query("include_endpoints", Boolean.toString(request.includeEndpoints()))
                .query("include_logs", Boolean.toString(request.includeLogs()))
                .query("log_lines", Integer.toString(request.logLines()));
        return node.ask(call).text();
    }

    @Override
    public boolean updateConfiguration(NodeConfigurationPatch patch) {
        node.requirePanel("change the node's configuration");
        var answer = node.ask(
                node.query(NodeCall.UPDATE_CONFIGURATION).json(WireJson.write(requireNonNull(patch, "patch"))));
        return answer.blank()
                || !(answer.json(Json.class) instanceof Json.Obj object)
                || !(object.members().get("applied") instanceof Json.Bool applied)
                || applied.value();
    }

    private Answer ask(NodeCall call, String name, String value) {
        node.requirePanel("ask what the machine is");
        return node.ask(node.query(call).query(name, value));
    }
}
