package dev.rookery.examples.panel.cli;

import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.ServerQuery;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the servers, one line of JSON each. */
@Command(name = "list-servers", description = "Lists the servers.", mixinStandardHelpOptions = true)
public final class ListServersCommand implements Callable<Integer> {

    @Mixin
    private final DataOptions data = new DataOptions();

    @Spec
    private CommandSpec command;

    /** Created by picocli. */
    ListServersCommand() {}

    @Override
    public Integer call() {
        try (var panel = data.open()) {
            panel.service().store().servers().list(ServerQuery.all()).servers().forEach(this::print);
        }
        return 0;
    }

    private void print(PanelServer server) {
        var line = new LinkedHashMap<String, Object>();
        line.put("uuid", server.id().toString());
        line.put("name", server.spec().name());
        line.put("status", server.life().status().name().toLowerCase(Locale.ROOT));
        line.put("state", server.life().state().wireName());
        line.put(
                "port",
                server.allocations().isEmpty()
                        ? 0
                        : server.allocations().get(0).address().port());
        Output.print(command, line);
    }
}
