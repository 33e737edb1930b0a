package dev.rookery.daemon;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A {@link NodeProgram} that runs, and can be killed like {@code kill -9} does. */
final class NodeProcess {

    private final Path root;
    private final Process process;
    private final BufferedReader output;

    private NodeProcess(Path root, Process process) {
        this.root = root;
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts a node and waits until it has. */
    static NodeProcess launch(Path root, UUID uuid) throws IOException {
        var node = new NodeProcess(
                root,
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                                NodeProgram.class.getName(),
                                root.toString(),
                                uuid.toString())
                        .redirectError(new File(root.toFile(), "stderr"))
                        .start());
        var answer = node.answer();
        if (answer.get(answer.size() - 1).startsWith("failed")) {
            throw new IOException("the node does not start: " + answer);
        }
        return node;
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Returns what the node printed until its answer, which is the last line. */
    List<String> ask(String command) throws IOException {
        process.outputWriter(StandardCharsets.UTF_8)
                .append(command)
                .append('\n')
                .flush();
        return answer();
    }

    private List<String> answer() throws IOException {
        var lines = new ArrayList<String>();
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("= ")) {
                lines.add(line.substring(2));
                return lines;
            }
            lines.add(line);
        }
        throw new IOException("the node ended: " + Files.readString(root.resolve("stderr")));
    }
}
