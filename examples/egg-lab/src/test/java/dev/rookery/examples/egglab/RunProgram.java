package dev.rookery.examples.egglab;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * What the program did with its arguments.
 *
 * @param code its exit code
 * @param output what it printed
 * @param errors what it printed beside
 */
public record RunProgram(int code, String output, String errors) {

    /** Runs the program with arguments. */
    public static RunProgram with(String... arguments) {
        var output = new StringWriter();
        var errors = new StringWriter();
        int code = Main.commandLine()
                .setOut(new PrintWriter(output))
                .setErr(new PrintWriter(errors))
                .execute(arguments);
        return new RunProgram(code, output.toString(), errors.toString());
    }
}
