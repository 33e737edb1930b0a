package dev.rookery.daemon.internal.environment.process;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.spi.ProcessSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the script that leads into a process: run in mount namespace of its own, it puts the process's directories where containers have
 * them, and goes on as the process's user. What is at their places otherwise is hidden from the process, not changed.
 */
final class Entrance {

    /** What an image's own command does: fills in the variables of the start-up command, and runs it. */
    private static final String STARTUP = """
            command=$(printf '%s' "$STARTUP" | sed -e 's/{{/${/g' -e 's/}}/}/g')
            eval "$command"
            """;

    private Entrance() {}

    /**
     * Returns the script.
     *
     * @param doors files to write its number into, so that it and all that it starts are limited
     */
    static String script(ProcessSpec spec, List<Path> doors) {
        var script = join(doors);
        var covers = new LinkedHashSet<String>();
        int file = 4;
        for (var mount : spec.mounts()) {
            // Held open: one of the covers may hide it.
            script.append("exec ")
                    .append(file++)
                    .append('<')
                    .append(quote(mount.source()))
                    .append('\n');
            covers.add(quote(cover(mount.target())));
        }
        for (var cover : covers) {
            script.append("mount -t tmpfs -o mode=755 rookery ").append(cover).append('\n');
        }
        file = 4;
        for (var mount : spec.mounts()) {
            var target = quote(mount.target());
            script.append("mkdir -p ").append(target).append('\n');
            script.append("mount -c --bind /proc/self/fd/")
                    .append(file)
                    .append(' ')
                    .append(target)
                    .append('\n');
            if (mount.readOnly()) {
                script.append("mount -o remount,bind,ro ").append(target).append('\n');
            }
            script.append("exec ").append(file++).append("<&-\n");
        }
        if (!spec.mounts().isEmpty()) {
            script.append("cd ").append(quote(spec.mounts().get(0).target())).append('\n');
        }
        return script.append(last("", spec)).toString();
    }

    /** Returns the script of a process that bubblewrap gives its view. */
    static String script(ProcessSpec spec, List<Path> doors, Bubblewrap bubblewrap) {
        var arguments =
                bubblewrap.arguments(spec).stream().map(Entrance::quote).collect(Collectors.joining(" ", "", " "));
        return join(doors).append(last(arguments, spec)).toString();
    }

    private static StringBuilder join(List<Path> doors) {
        var script = new StringBuilder("set -e\n");
        for (var door : doors) {
            script.append("echo 0 >").append(quote(door.toString())).append('\n');
        }
        return script;
    }

    private static String last(String before, ProcessSpec spec) {
        return "exec " + before + user(spec) + command(spec) + "\n";
    }

    /** Returns the existing directory on the way to a target that is covered, so that the target can be made in it. */
    private static String cover(String target) {
        var path = Path.of(target).normalize();
        var parent = path.getParent();
        while (parent != null && parent.getParent() != null && !Files.isDirectory(parent)) {
            parent = parent.getParent();
        }
        if (parent == null || parent.getParent() == null) {
            throw new InvalidInputException("mount target: '" + target
                    + "' (expected by the process runtime: a path below an existing directory other than /)");
        }
        return parent.toString();
    }

    private static String user(ProcessSpec spec) {
        return spec.user()
                .map(user -> user.split(":", 2))
                .map(ids -> "setpriv --reuid=" + number(ids[0]) + " --regid=" + number(ids[ids.length - 1])
                        + " --clear-groups --no-new-privs --inh-caps=-all ")
                .orElse("setpriv --no-new-privs ");
    }

    private static String number(String id) {
        if (!id.matches("[0-9]{1,10}")) {
            throw new InvalidInputException("user: '" + id + "' (expected: a number)");
        }
        return id;
    }

    private static String command(ProcessSpec spec) {
        var command = new ArrayList<>(spec.command().isEmpty() ? List.of("bash", "-c", STARTUP) : spec.command());
        if (Path.of(command.get(0)).endsWith("ash") && !Files.exists(Path.of("/bin/ash"))) {
            // Alpine's shell, which install scripts ask for.
            command.set(0, "sh");
        }
        return command.stream().map(Entrance::quote).collect(Collectors.joining(" "));
    }

    /** Returns a text as one word of a shell. */
    static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
