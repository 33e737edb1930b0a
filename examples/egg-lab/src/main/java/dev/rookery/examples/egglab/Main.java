package dev.rookery.examples.egglab;

import dev.rookery.api.RookeryException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Checks, converts and tries eggs. */
@Command(
        name = "egg",
        description = "Checks, converts and tries eggs: the templates of servers that Pterodactyl and Pelican share.",
        mixinStandardHelpOptions = true,
        subcommands = {LintCommand.class, ConvertCommand.class, SimulateCommand.class, TestCommand.class})
public final class Main implements Callable<Integer> {

    /** Exit code: something is wrong with an egg. */
    static final int FOUND = 1;
    /** Exit code: the program, or the machine it runs on, went wrong. */
    static final int BROKEN = 70;

    @Spec
    private @Nullable CommandSpec spec;

    /** Runs the program. */
    public static void main(String[] arguments) {
        // Eggs are UTF-8 whatever the terminal is.
        var out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), false);
        System.exit(commandLine().setOut(out).execute(arguments));
    }

    /** Returns the program, ready to be told its arguments; its failures are one sentence each. */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    line.getErr().println("egg: " + sentence(failure));
                    return failure instanceof RookeryException || failure instanceof IOException
                            ? CommandLine.ExitCode.USAGE
                            : BROKEN;
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
        if (failure instanceof RookeryException) {
            return Printable.line(String.valueOf(failure.getMessage()));
        }
        // The message of a failure below names a file only.
        return Printable.line(failure.getClass().getSimpleName() + ": " + failure.getMessage());
    }
}
