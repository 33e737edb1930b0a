package dev.rookery.panel;

import dev.rookery.api.egg.Egg;
import dev.rookery.api.egg.EggReader;
import dev.rookery.api.egg.ServerAssembly;
import dev.rookery.api.egg.ServerPlan;
import dev.rookery.api.panel.Allocations;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.panel.spi.AllocationRecord;
import dev.rookery.panel.spi.EggInterpreter;
import dev.rookery.panel.spi.EggRecord;
import dev.rookery.panel.spi.PanelServer;
import java.util.OptionalInt;

/**
 * Reads the stored document of an egg with {@link EggReader} and assembles servers of it with {@link ServerAssembly}. What panels want
 * unless they keep eggs in a form of their own. Thread-safe.
 */
public final class ReadEggInterpreter implements EggInterpreter {

    /** Creates the interpreter. */
    public ReadEggInterpreter() {}

    @Override
    public ServerConfiguration configuration(PanelServer server, EggRecord egg) {
        var read = read(egg);
        return ServerAssembly.configuration(read, plan(server, read));
    }

    @Override
    public InstallScript installScript(PanelServer server, EggRecord egg) {
        return ServerAssembly.installScript(read(egg));
    }

    private static Egg read(EggRecord egg) {
        // An egg's file need not have a uuid; the one that the panel gave it is what nodes are told.
        return Egg.builder()
                .from(EggReader.read(egg.document()).egg())
                .uuid(egg.uuid())
                .build();
    }

    private static ServerPlan plan(PanelServer server, Egg egg) {
        var spec = server.spec();
        var plan = spec.startup().isBlank()
                ? ServerPlan.builder(egg)
                : ServerPlan.builder().startup(spec.startup());
        return plan.id(server.id())
                .number(OptionalInt.of(server.number()))
                .name(spec.name())
                .description(spec.description())
                .putAllVariables(spec.variables())
                .limits(spec.build())
                .allocations(allocations(server))
                .image(spec.image())
                .suspended(server.life().suspended())
                .build();
    }

    private static Allocations allocations(PanelServer server) {
        var addresses =
                server.allocations().stream().map(AllocationRecord::address).toList();
        return addresses.isEmpty() ? Allocations.none() : Allocations.of(addresses.get(0), addresses);
    }
}
