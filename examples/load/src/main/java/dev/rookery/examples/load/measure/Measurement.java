package dev.rookery.examples.load.measure;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all measurements have in common: whom they measure, how they tell it, and how they end. */
abstract class Measurement implements Callable<Integer> {

    /** Exit codes for the help of each command. */
    static final String OK = " 0:measured, and everything that was delivered was right";

    static final String WRONG =
            " 1:something was lost, out of order or not answered; with --strict also: an aim was missed";
    static final String USAGE = " 2:the arguments are wrong, or a program or the engine is missing";
    static final String BROKEN = "70:the program itself went wrong";

    @Mixin
    private Programs programs = new Programs();

    @Option(names = "--json", description = "Print the findings as JSON.")
    private boolean json;

    @Option(names = "--report", paramLabel = "FILE", description = "Also write the findings here.")
    private @Nullable Path report;

    @Option(names = "--strict", description = "Exit with 1 also if an aim was missed.")
    private boolean strict;

    @Spec
    private @Nullable CommandSpec spec;

    /** Measures. */
    abstract Findings measure() throws IOException, InterruptedException;

    @Override
    public final Integer call() throws IOException, InterruptedException {
        var findings = measure();
        var text = json ? findings.json() : findings.text();
        if (spec != null) {
            spec.commandLine().getOut().print(text);
            spec.commandLine().getOut().flush();
        }
        if (report != null) {
            Files.writeString(report, text);
        }
        return findings.right() && (!strict || findings.aimsKept()) ? CommandLine.ExitCode.OK : 1;
    }

    final Programs programs() {
        return programs;
    }

    /** Says how far it has come. */
    final void note(String text) {
        var err = spec == null
                ? new PrintWriter(Writer.nullWriter())
                : spec.commandLine().getErr();
        err.println("  " + text);
        err.flush();
    }
}
