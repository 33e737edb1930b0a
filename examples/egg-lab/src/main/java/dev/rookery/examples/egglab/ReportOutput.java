package dev.rookery.examples.egglab;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a command prints its report, and how. */
final class ReportOutput {

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "Print the report as ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private ReportFormat format = ReportFormat.TEXT;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /** Returns the standard output. */
    PrintWriter out() {
        return requireNonNull(command).commandLine().getOut();
    }

    /** Returns the standard error. */
    PrintWriter errors() {
        return requireNonNull(command).commandLine().getErr();
    }

    void print(List<FileReport> reports, PrintWriter to) {
        format.print(reports, to);
        to.flush();
    }
}
