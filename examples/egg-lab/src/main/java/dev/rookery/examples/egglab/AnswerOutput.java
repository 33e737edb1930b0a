package dev.rookery.examples.egglab;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a command prints its answers, and how. */
final class AnswerOutput {

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, or json: a list with an object for each egg. Default: ${DEFAULT-VALUE}.")
    private AnswerFormat format = AnswerFormat.TEXT;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /** Returns a place for the answers of a run. */
    Answers answers() {
        return new Answers(format, out());
    }

    /** Returns where to print what is for people, and no part of an answer to a program. */
    PrintWriter forPeople() {
        return format == AnswerFormat.TEXT
                ? out()
                : requireNonNull(command).commandLine().getErr();
    }

    private PrintWriter out() {
        return requireNonNull(command).commandLine().getOut();
    }
}
