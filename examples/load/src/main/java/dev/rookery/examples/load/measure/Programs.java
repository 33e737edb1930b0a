package dev.rookery.examples.load.measure;

import dev.rookery.api.InvalidInputException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which nodes are measured. */
final class Programs {

    private static final String LAUNCHER = "../../node/bin/rookery-node";

    @Option(
            names = "--node",
            paramLabel = "PROGRAM",
            description = {
                "What starts the node, called with --config FILE: rookery-node, or its jar.",
                "Default: the launcher of this build."
            })
    private @Nullable Path node;

    @Option(
            names = "--beside",
            paramLabel = "PROGRAM",
            description = {
                "Another project's daemon to measure in the same run, called in the same way, such as Pelican's wings. It needs root.",
                "It keeps a Docker network of its own, which stays."
            })
    private @Nullable Path beside;

    @Option(
            names = "--java",
            paramLabel = "HOME",
            description = "The JDK that the node runs on (default: JAVA_HOME, or what is on the PATH).")
    private @Nullable Path java;

    @Option(
            names = "--runtime",
            paramLabel = "KIND",
            defaultValue = "docker",
            description = "What servers run in, docker or process (default: ${DEFAULT-VALUE}).")
    private String runtime = "docker";

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            defaultValue = "rookery/test:1",
            description =
                    "The image of the servers, with a shell that runs $STARTUP in it (default: ${DEFAULT-VALUE}, of scripts/images).")
    private String image = "rookery/test:1";

    /** Returns our node. */
    NodeProgram node() {
        var program = node == null ? launcher() : node;
        if (!Files.isReadable(program)) {
            throw new InvalidInputException("--node: there is no program " + program);
        }
        if (!runtime.equals("docker") && !runtime.equals("process")) {
            throw new InvalidInputException("--runtime: " + runtime + " (expected: docker or process)");
        }
        var command = new ArrayList<String>();
        if (program.toString().endsWith(".jar")) {
            command.add((java == null ? Path.of(System.getProperty("java.home")) : java)
                    .resolve("bin/java")
                    .toString());
            command.add("-jar");
        }
        command.add(program.toAbsolutePath().toString());
        return new NodeProgram("Rookery", List.copyOf(command), java, false, runtime, image);
    }

    /** Returns our node and what is measured beside it. */
    List<NodeProgram> all() {
        var other = beside;
        if (other == null) {
            return List.of(node());
        }
        if (!Files.isExecutable(other)) {
            throw new InvalidInputException("--beside: there is no program " + other);
        }
        if (!runtime.equals("docker")) {
            throw new InvalidInputException("--beside: with --runtime " + runtime + " (expected: docker)");
        }
        var name = String.valueOf(other.getFileName());
        return List.of(
                node(), new NodeProgram(name, List.of(other.toAbsolutePath().toString()), null, true, runtime, image));
    }

    /** The launcher lies beside this program in the folder of examples, packaged or not. */
    private static Path launcher() {
        try {
            var place = Path.of(Programs.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return place.resolveSibling(LAUNCHER).normalize();
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new InvalidInputException("--node: not given, and the build's own was not found", e);
        }
    }
}
