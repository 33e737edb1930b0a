package dev.rookery.examples.panel.cli;

import dev.rookery.examples.panel.sql.SqlRouteStore;
import dev.rookery.proxy.store.ChangeNote;
import dev.rookery.proxy.store.StoreException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Goes on from the newest revision of the routes that can be read, where the last one cannot. */
@Command(
        name = "recover-routes",
        description = {
            "Goes on from the newest revision of the routes that can be read, where the last one cannot.",
            "Does nothing if all is well."
        },
        mixinStandardHelpOptions = true)
public final class RecoverRoutesCommand implements Callable<Integer> {

    private final Clock clock = Clock.systemUTC();

    @Mixin
    private final DataOptions data = new DataOptions();

    @Spec
    private CommandSpec command;

    /** Created by picocli. */
    RecoverRoutesCommand() {}

    @Override
    public Integer call() {
        try (var database = data.database();
                var store = new SqlRouteStore(database)) {
            boolean broken = broken(store);
            var head = store.recover(new ChangeNote("command line", "recover-routes", clock.instant()));
            Output.print(
                    command,
                    Map.of(
                            "revision",
                            head.number(),
                            "routes",
                            head.document().routes().size(),
                            "recovered",
                            broken));
            return 0;
        }
    }

    private static boolean broken(SqlRouteStore store) {
        try {
            store.head();
            return false;
        } catch (StoreException e) {
            return e.problem() == StoreException.Problem.BROKEN;
        }
    }
}
