package dev.rookery.examples.panel;

import dev.rookery.api.RookeryException;
import dev.rookery.examples.panel.cli.ApplyRoutesCommand;
import dev.rookery.examples.panel.cli.CreateAdminCommand;
import dev.rookery.examples.panel.cli.CreateNodeCommand;
import dev.rookery.examples.panel.cli.CreateServerCommand;
import dev.rookery.examples.panel.cli.EnrolmentKeyCommand;
import dev.rookery.examples.panel.cli.ImportEggCommand;
import dev.rookery.examples.panel.cli.ListServersCommand;
import dev.rookery.examples.panel.cli.RecoverRoutesCommand;
import dev.rookery.examples.panel.cli.ServeCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code rookery-panel}. */
@Command(
        name = "rookery-panel",
        description = "A hosting panel: web UI, API and database.",
        mixinStandardHelpOptions = true,
        version = "rookery-panel 0.1.0-SNAPSHOT",
        subcommands = {
            ServeCommand.class,
            CreateAdminCommand.class,
            CreateNodeCommand.class,
            EnrolmentKeyCommand.class,
            ImportEggCommand.class,
            CreateServerCommand.class,
            ListServersCommand.class,
            ApplyRoutesCommand.class,
            RecoverRoutesCommand.class
        })
public final class Main {

    private static final int WRONG_INPUT = 2;

    /** Created by picocli. */
    Main() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs the program and returns its exit code. */
    static int run(String... arguments) {
        return new CommandLine(new Main())
                .setExecutionExceptionHandler(Main::tell)
                .execute(arguments);
    }

    /** A failure that was foreseen is one line; only what nobody foresaw shows where it happened. */
    private static int tell(Exception failure, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (!(failure instanceof RookeryException)) {
            throw failure;
        }
        PrintWriter errors = command.getErr();
        errors.println("rookery-panel: " + failure.getMessage());
        errors.flush();
        return WRONG_INPUT;
    }
}
