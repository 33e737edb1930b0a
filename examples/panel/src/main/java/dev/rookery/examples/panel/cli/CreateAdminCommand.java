package dev.rookery.examples.panel.cli;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.token.NodeCredentials;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Creates an administrator. The password never stands in the arguments, which every user of the machine can read. */
@Command(name = "create-admin", description = "Creates an administrator.", mixinStandardHelpOptions = true)
public final class CreateAdminCommand implements Callable<Integer> {

    private static final int RANDOM_LENGTH = 20;

    @Mixin
    private final DataOptions data = new DataOptions();

    @Spec
    private CommandSpec command;

    @Option(names = "--username", required = true, description = "the name to log in with")
    private String username = "";

    @ArgGroup(multiplicity = "1")
    private final Source source = new Source();

    /** Created by picocli. */
    CreateAdminCommand() {}

    /** Where the password comes from. */
    static final class Source {

        @Option(names = "--password-stdin", description = "read the password from the first line of the input")
        private boolean stdin;

        @Option(names = "--random-password", description = "make one and print it, once")
        private boolean random;

        /** Created by picocli. */
        Source() {}
    }

    @Override
    public Integer call() throws IOException {
        var password = source.stdin ? readPassword() : NodeCredentials.randomText(new SecureRandom(), RANDOM_LENGTH);
        try (var panel = data.open()) {
            var user = panel.accounts().create(username, password, true);
            var answer = new LinkedHashMap<String, String>();
            answer.put("username", user.username());
            if (source.random) {
                answer.put("password", password);
            }
            Output.print(command, answer);
        }
        return 0;
    }

    private static String readPassword() throws IOException {
        var line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        if (line == null) {
            throw new InvalidInputException("the input is empty (expected: the password on its first line)");
        }
        return line;
    }
}
