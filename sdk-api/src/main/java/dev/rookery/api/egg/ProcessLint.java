package dev.rookery.api.egg;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Looks at how a process is configured, started and stopped. Source: eggs §4. */
final class ProcessLint {

    private static final String REGEX = "regex:";
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*");

    private ProcessLint() {}

    static void check(Egg egg, EggFindings found) {
        var config = egg.config();
        stop(config.stop(), found);
        done(config.startup().done(), found);
        config.files().forEach((path, file) -> file(path, file, found));
    }

    private static void stop(String stop, EggFindings found) {
        if (stop.strip().indexOf('\n') >= 0) {
            found.add(EggRule.STOP_LINES, "config.stop", Warnings.quote(stop) + " (expected: one line)");
        }
        if (StopAction.parse(stop).equals(StopAction.Signal.KILL) && StopAction.Signal.known(stop.substring(1))) {
            found.add(
                    EggRule.STOP_KILLS,
                    "config.stop",
                    Warnings.quote(stop) + " kills the process without a chance to save");
        }
        if (stop.equals("^c")) {
            found.add(EggRule.UNKNOWN_SIGNAL, "config.stop", "'^c' is typed as text by Calagopus (expected: '^C')");
        }
    }

    private static void done(List<String> done, EggFindings found) {
        for (var text : done) {
            if (text.startsWith(REGEX)
                    && LinearPattern.compile(text.substring(REGEX.length())).isEmpty()) {
                found.add(
                        EggRule.DONE_REGEX,
                        "config.startup.done",
                        Warnings.quote(text) + " (expected: a regular expression in the syntax of RE2)");
            }
        }
    }

    private static void file(String name, EggConfig.File file, EggFindings found) {
        var path = DocumentPath.member("config.files", name);
        if (leaves(name)) {
            found.add(
                    EggRule.UNREACHABLE_PATH,
                    path,
                    Warnings.quote(name) + " (expected: a file below the server's directory, with slashes)");
        }
        if (file.find().isEmpty()) {
            found.add(EggRule.EMPTY_FIND, path, "replaces nothing");
        }
        for (var match : file.find().keySet()) {
            if (match.isEmpty()) {
                found.add(EggRule.EMPTY_FIND, path, "an empty key is a prefix of every line");
            }
        }
        file.extras().keySet().stream()
                .filter(member -> !member.equals("create_file"))
                .forEach(member ->
                        found.add(EggRule.UNKNOWN_MEMBER, DocumentPath.member(path, member), "is read by no panel"));
    }

    private static boolean leaves(String name) {
        int depth = 0;
        for (var step : name.split("/", -1)) {
            if (step.equals("..")) {
                depth--;
            } else if (!step.isEmpty() && !step.equals(".")) {
                depth++;
            }
            if (depth < 0) {
                return true;
            }
        }
        return depth == 0
                || name.endsWith("/")
                || name.indexOf('\\') >= 0
                || name.indexOf('\0') >= 0
                || name.startsWith("~")
                || DRIVE.matcher(name).matches();
    }

    /** Returns the startup commands with their places. */
    static Map<String, String> commands(Egg egg) {
        var commands = new java.util.LinkedHashMap<String, String>();
        egg.startupCommands()
                .forEach((name, command) -> commands.put(
                        egg.format() == EggFormat.PLCN_V3 ? DocumentPath.member("startup_commands", name) : "startup",
                        command));
        return commands;
    }
}
