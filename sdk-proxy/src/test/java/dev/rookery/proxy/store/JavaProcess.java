package dev.rookery.proxy.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process of a class of these tests. */
public final class JavaProcess {

    private JavaProcess() {}

    /** Starts its main method; its errors go into a file. */
    public static Process start(Class<?> program, Path errors, String... arguments) throws IOException {
        return start(List.of(), program, errors, arguments);
    }

    /** Starts its main method by another program, such as one that takes rights away. */
    public static Process start(List<String> by, Class<?> program, Path errors, String... arguments)
            throws IOException {
        var command = new ArrayList<>(by);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(errors.toFile()).start();
    }

    /** Says a line to whoever started this process, and ends it if nobody is there any more: tests may be ended, too. */
    public static void say(Object line) {
        System.out.println(line);
        if (System.out.checkError()) {
            Runtime.getRuntime().halt(1);
        }
    }
}
