package dev.rookery.examples.load.measure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program that is a node.
 *
 * @param label what it is called in tables
 * @param command how it is started, without its arguments
 * @param java the JDK it runs on, null for what it finds
 * @param foreign whether it is another project's
 * @param runtime what its servers run in
 * @param image the image of its servers
 */
record NodeProgram(
        String label, List<String> command, @Nullable Path java, boolean foreign, String runtime, String image) {

    /** Returns what starts it. */
    ProcessBuilder with(String... arguments) {
        var all = new ArrayList<>(command);
        all.addAll(List.of(arguments));
        var builder = new ProcessBuilder(all);
        if (java != null) {
            builder.environment().put("JAVA_HOME", java.toString());
        }
        return builder;
    }

    /** Returns whether a start of it can be rehearsed. */
    boolean rehearses() {
        return !foreign && !command.contains("-jar");
    }
}
