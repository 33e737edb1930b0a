package dev.rookery.api.egg.simulation;

import dev.rookery.api.Json;
import dev.rookery.api.egg.StopAction;
import java.util.List;
import java.util.Map;

/** Writes a simulation for people. */
final class SimulationText {

    private static final String INDENT = "  ";
    private static final int LONGEST_VALUE = 500;

    private final StringBuilder text = new StringBuilder();

    private SimulationText() {}

    static String of(EggSimulation simulation) {
        var text = new SimulationText();
        text.write(simulation);
        return text.text.toString();
    }

    private void write(EggSimulation simulation) {
        var settings = simulation.configuration().settings();
        var startup = simulation.configuration().process().startup();
        line(
                0,
                "Egg '" + simulation.egg().name() + "' ("
                        + simulation.egg().format().version() + ")");
        heading("Installation");
        simulation.installation().ifPresentOrElse(this::installation, () -> line(1, "none: the egg has no script"));
        heading("Files edited before each start");
        if (simulation.files().isEmpty()) {
            line(1, "none");
        }
        simulation.files().forEach(this::file);
        heading("Server");
        line(1, "image:   " + settings.container().image());
        line(1, "startup: " + simulation.startup());
        line(1, "started: " + started(startup.done()));
        line(1, "stop:    " + stop(simulation.stop()));
        heading("Environment");
        environment(simulation.environment());
        if (!simulation.remarks().isEmpty()) {
            heading("Remarks");
            simulation.remarks().forEach(remark -> line(1, remark.path() + ": " + remark.message()));
        }
    }

    private void installation(SimulatedInstallation installation) {
        line(1, "image:   " + installation.image());
        line(1, "command: " + String.join(" ", installation.command()));
        line(1, "script:  " + installation.script().lines().count() + " lines, the server's files at /mnt/server");
    }

    private void file(SimulatedFile file) {
        line(1, file.path() + " (" + file.parser() + (file.created() ? ")" : ", only if it exists)"));
        file.replacements()
                .forEach(replacement -> line(
                        2,
                        replacement.match()
                                + replacement
                                        .ifValue()
                                        .map(present -> " [if " + present + "]")
                                        .orElse("")
                                + " = " + shown(replacement.replaceWith())));
    }

    private void environment(Map<String, String> environment) {
        environment.forEach((name, value) -> line(1, name + "=" + value));
    }

    private static String started(List<String> done) {
        return done.isEmpty()
                ? "never: the egg does not say which line tells it"
                : "when a line has '" + String.join("' or '", done) + "'";
    }

    private static String stop(StopAction stop) {
        if (stop instanceof StopAction.Command command) {
            return "types '" + command.text() + "' into the console";
        }
        if (stop instanceof StopAction.Signal signal) {
            return "sends " + signal.name();
        }
        return "as the image says";
    }

    private static String shown(Json value) {
        if (value instanceof Json.Text text) {
            return text.value();
        }
        if (value instanceof Json.Bool bool) {
            return Boolean.toString(bool.value());
        }
        if (value instanceof Json.Num number) {
            return number.value().toString();
        }
        return value instanceof Json.Null ? "nothing" : value.toString();
    }

    private void heading(String words) {
        text.append('\n').append(words).append('\n');
    }

    /** Control characters, which could move a terminal's cursor, become blanks. */
    private void line(int depth, String words) {
        var shown = words.length() > LONGEST_VALUE ? words.substring(0, LONGEST_VALUE) + "..." : words;
        text.append(INDENT.repeat(depth));
        shown.codePoints().forEach(c -> text.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        text.append('\n');
    }
}
