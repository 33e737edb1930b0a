package dev.rookery.examples.node;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a node in the foreground, until it is told to end. */
@Command(
        name = "rookery-node",
        description = "Runs game servers in containers as a panel says. Wings-compatible.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        subcommands = {Configure.class, Rehearse.class})
public final class Main implements Callable<Integer> {

    /** The exit code of everything that the user of the program can put right. */
    static final int USAGE = CommandLine.ExitCode.USAGE;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            defaultValue = "/etc/pelican/config.yml",
            description = "The configuration (default: ${DEFAULT-VALUE}).")
    private Path config;

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            defaultValue = "${env:ROOKERY_LOG_FORMAT:-text}",
            description = "How the log is written, text or json (default: text, or what ROOKERY_LOG_FORMAT says).")
    private NodeLog.Format logFormat;

    /** Runs the program. */
    public static void main(String[] arguments) {
        int code = run(arguments);
        // What ends in order did not end for want of a good cache.
        StartMark.remove();
        System.exit(code);
    }

    /** Runs the program up to its exit code. */
    static int run(String... arguments) {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, given) -> {
                    complain(e.getCommandLine(), e.getMessage() + " (see --help)");
                    return USAGE;
                })
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    complain(line, Failure.textOf(e));
                    return USAGE;
                })
                .execute(arguments);
    }

    @Override
    public Integer call() throws Exception {
        return new Service(config.toAbsolutePath(), NodeLog.install(logFormat)).run();
    }

    private static void complain(CommandLine line, String message) {
        line.getErr().println("rookery-node: " + message.lines().findFirst().orElse(""));
    }
}
