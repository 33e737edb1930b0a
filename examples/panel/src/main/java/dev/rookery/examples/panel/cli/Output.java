package dev.rookery.examples.panel.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** Prints what a command has to say as one line of JSON, for scripts. */
final class Output {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Output() {}

    static void print(CommandSpec command, Map<String, ?> values) {
        try {
            var out = command.commandLine().getOut();
            out.println(JSON.writeValueAsString(values));
            out.flush();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot print the answer", e);
        }
    }
}
