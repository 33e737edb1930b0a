package dev.rookery.examples.load;

import dev.rookery.api.RookeryException;
import dev.rookery.examples.load.measure.LoadCommand;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tries and measures nodes. */
@Command(
        name = "rookery-load",
        description = "Tries and measures Wings-compatible nodes.",
        mixinStandardHelpOptions = true,
        subcommands = {CheckNode.class, LoadCommand.class})
public final class Main implements Callable<Integer> {

    /** Exit code: the program, or the machine it runs on, went wrong. */
    static final int BROKEN = 70;

    @Spec
    private @Nullable CommandSpec spec;

    /** Runs the program. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs the program up to its exit code. */
    static int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    /** Returns the program, ready to be told its arguments; its failures are one sentence each. */
    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler((failure, line, parsed) -> {
            line.getErr().println("rookery-load: " + sentence(failure));
            return code(failure);
        });
    }

    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getErr());
        }
        return CommandLine.ExitCode.USAGE;
    }

    private static String sentence(Exception failure) {
        if (failure instanceof RookeryException || failure instanceof UnaskableException) {
            return Printable.line(String.valueOf(failure.getMessage()));
        }
        // The message of a failure below names a file or a port only.
        return Printable.line(failure.getClass().getSimpleName() + ": " + failure.getMessage());
    }

    private static int code(Exception failure) {
        if (failure instanceof UnaskableException) {
            return CheckNode.UNASKABLE;
        }
        return failure instanceof RookeryException || failure instanceof IOException
                ? CommandLine.ExitCode.USAGE
                : BROKEN;
    }
}
