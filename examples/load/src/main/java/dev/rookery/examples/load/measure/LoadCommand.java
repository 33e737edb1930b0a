package dev.rookery.examples.load.measure;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The measurements, each a command of its own. */
@Command(
        name = "load",
        description = {
            "Measures a node on this machine: starts one of its own in a temporary directory, is its panel, and removes everything.",
            "Figures hold for this machine in this moment; what counts are the ratios, whose two sides alternate in one run."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        subcommands = {
            ConsoleLoad.class,
            SocketsLoad.class,
            DetailsLoad.class,
            BootLoad.class,
            MemoryLoad.class,
            StatsLoad.class,
            StandLoad.class
        })
public final class LoadCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    /** Says which measurements there are. */
    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getErr());
        }
        return CommandLine.ExitCode.USAGE;
    }
}
