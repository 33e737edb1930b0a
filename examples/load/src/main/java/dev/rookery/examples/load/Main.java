package dev.rookery.examples.load;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Tries nodes. */
@Command(
        name = "rookery-load",
        description = "Tries Wings-compatible nodes.",
        mixinStandardHelpOptions = true,
        subcommands = CheckNode.class)
public final class Main implements Callable<Integer> {

    /** Runs the program. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs the program up to its exit code. */
    static int run(String... arguments) {
        return new CommandLine(new Main())
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    line.getErr().println("rookery-load: " + failure.getMessage());
                    return CommandLine.ExitCode.USAGE;
                })
                .execute(arguments);
    }

    @Override
    public Integer call() {
        CommandLine.usage(this, System.err);
        return CommandLine.ExitCode.USAGE;
    }
}
