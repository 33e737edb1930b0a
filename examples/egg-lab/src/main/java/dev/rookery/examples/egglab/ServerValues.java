package dev.rookery.examples.egglab;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The values that a command gives to an egg's variables. */
final class ServerValues {

    @Option(
            names = {"-s", "--set"},
            paramLabel = "NAME=VALUE",
            description = "A value for a variable of the egg; can be given several times. Others have their defaults.")
    private Map<String, String> values = new LinkedHashMap<>();

    Map<String, String> byName() {
        var filled = new LinkedHashMap<String, String>();
        values.forEach((name, value) -> filled.put(name, value == null ? "" : value));
        return filled;
    }
}
