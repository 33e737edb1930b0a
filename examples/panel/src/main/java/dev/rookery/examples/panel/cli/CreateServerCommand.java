package dev.rookery.examples.panel.cli;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NodeId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.panel.Build;
import dev.rookery.examples.panel.Eggs;
import dev.rookery.examples.panel.PanelApplication;
import dev.rookery.panel.spi.AllocationRecord;
import dev.rookery.panel.spi.EggRecord;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.ServerQuery;
import dev.rookery.panel.spi.ServerSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Puts down a new server; a running panel carries it out within two seconds. */
@Command(name = "create-server", description = "Creates a server.", mixinStandardHelpOptions = true)
public final class CreateServerCommand implements Callable<Integer> {

    @Mixin
    private final DataOptions data = new DataOptions();

    @Spec
    private CommandSpec command;

    @Option(names = "--name", required = true, description = "what people call it")
    private String name = "";

    @Option(names = "--egg", required = true, description = "the number or the name of its egg")
    private String egg = "";

    @Option(names = "--node", required = true, description = "the number of its node")
    private int node;

    @Option(names = "--image", description = "one of the egg's images (default: its first)")
    private @Nullable String image;

    @Option(names = "--port", description = "which of the node's free allocations (default: the first)")
    private @Nullable Integer port;

    @Option(names = "--variable", description = "a variable of the egg, as NAME=VALUE; may be repeated")
    private Map<String, String> variables = Map.of();

    @Option(
            names = "--memory",
            description = "memory in MiB, 0 = unlimited (default: ${DEFAULT-VALUE})",
            defaultValue = "512")
    private long memory;

    @Option(names = "--start", description = "start it once it is installed")
    private boolean start;

    @Option(names = "--if-absent", description = "a server of this name is no error")
    private boolean ifAbsent;

    /** Created by picocli. */
    CreateServerCommand() {}

    @Override
    public Integer call() {
        try (var panel = data.open()) {
            var server = ifAbsent ? find(panel).orElseGet(() -> create(panel)) : create(panel);
            Output.print(
                    command,
                    Map.of("uuid", server.id().toString(), "name", server.spec().name()));
        }
        return 0;
    }

    private Optional<PanelServer> find(PanelApplication panel) {
        return panel.service().store().servers().list(ServerQuery.all()).servers().stream()
                .filter(server -> server.spec().name().equalsIgnoreCase(name))
                .findFirst();
    }

    private PanelServer create(PanelApplication panel) {
        var owner = panel.accountStore()
                .firstAdmin()
                .orElseThrow(
                        () -> new InvalidInputException("there is no administrator (expected: create-admin first)"));
        var source = panel.eggs()
                .find(egg)
                .orElseThrow(() -> new InvalidInputException(
                        "egg: '" + egg + "' (expected: the number or the name of an imported egg)"));
        var spec = ServerSpec.builder()
                .name(name)
                .eggId(source.id())
                .image(image == null ? defaultImage(source) : image)
                .variables(variables)
                .build(Build.builder().memoryMebibytes(memory).build())
                .startOnCompletion(start)
                .build();
        return panel.service().create(new NodeId(node), owner.uuid(), spec, List.of(allocation(panel)));
    }

    private long allocation(PanelApplication panel) {
        return panel.service().store().nodes().allocations(new NodeId(node)).stream()
                .filter(allocation -> allocation.server().isEmpty())
                .filter(allocation -> port == null || allocation.address().port() == port)
                .map(AllocationRecord::id)
                .findFirst()
                .orElseThrow(() -> new UnavailableException("node " + node + " has no free allocation"
                        + (port == null ? "" : " with port " + port) + " (expected: add one with create-node)"));
    }

    private static String defaultImage(EggRecord source) {
        return Eggs.read(source)
                .egg()
                .defaultImage()
                .orElseThrow(() ->
                        new InvalidInputException("egg '" + source.name() + "' names no image (expected: --image)"));
    }
}
