package dev.rookery.examples.panel.cli;

import dev.rookery.api.NodeId;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a key that enrols a node, once. */
@Command(name = "enrolment-key", description = "Makes a one-time key for a node.", mixinStandardHelpOptions = true)
public final class EnrolmentKeyCommand implements Callable<Integer> {

    @Mixin
    private final DataOptions data = new DataOptions();

    @Spec
    private CommandSpec command;

    @Option(names = "--node", required = true, description = "the node's number")
    private int node;

    /** Created by picocli. */
    EnrolmentKeyCommand() {}

    @Override
    public Integer call() {
        try (var panel = data.open()) {
            var key = panel.nodes().enrolmentKey(new NodeId(node));
            Output.print(
                    command,
                    Map.of("key", key.key(), "expiresAt", key.expiresAt().toString()));
        }
        return 0;
    }
}
