package dev.rookery.examples.panel.cli;

import dev.rookery.api.InvalidInputException;
import dev.rookery.examples.panel.PanelApplication;
import dev.rookery.panel.PortRanges;
import dev.rookery.panel.spi.NodeRecord;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Adds a node, or finds the one that is there already. */
@Command(name = "create-node", description = "Adds a node and its allocations.", mixinStandardHelpOptions = true)
public final class CreateNodeCommand implements Callable<Integer> {

    @Mixin
    private final DataOptions data = new DataOptions();

    @Spec
    private CommandSpec command;

    @Option(names = "--name", required = true, description = "what people call it")
    private String name = "";

    @Option(names = "--url", required = true, description = "where the panel reaches the node")
    private String nodeUrl = "";

    @Option(
            names = "--allocations",
            description = "addresses for servers, such as 127.0.0.1:30000-30010; may be repeated")
    private List<String> allocations = List.of();

    /** Created by picocli. */
    CreateNodeCommand() {}

    @Override
    public Integer call() {
        try (var panel = data.open()) {
            var node = node(panel);
            for (var range : allocations) {
                int colon = range.lastIndexOf(':');
                if (colon < 0) {
                    throw new InvalidInputException(
                            "--allocations: '" + range + "' (expected: such as 127.0.0.1:30000-30010)");
                }
                panel.service()
                        .store()
                        .nodes()
                        .addAllocations(
                                node.id(), PortRanges.parse(range.substring(0, colon), range.substring(colon + 1)));
            }
            Output.print(command, Map.of("id", node.id().value()));
        }
        return 0;
    }

    private NodeRecord node(PanelApplication panel) {
        return panel.service().store().nodes().list().stream()
                .filter(node ->
                        node.name().equals(name) && node.url().toString().equals(nodeUrl))
                .findFirst()
                .orElseGet(() -> panel.nodes().add(name, nodeUrl));
    }
}
