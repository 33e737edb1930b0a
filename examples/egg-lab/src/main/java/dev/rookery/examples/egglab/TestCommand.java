package dev.rookery.examples.egglab;

import dev.rookery.api.Json;
import dev.rookery.api.egg.Egg;
import dev.rookery.api.egg.EggException;
import dev.rookery.api.egg.EggReader;
import dev.rookery.daemon.CrashDetectionOptions;
import dev.rookery.daemon.DaemonOptions;
import dev.rookery.daemon.ServerRuntime;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Installs and starts servers of eggs, and stops them. */
@Command(
        name = "test",
        description =
                "Installs a server of each egg on this machine, starts it, waits until it says that it is up, and stops it.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:every egg works",
            " 1:an egg cannot be used or does not work; the report says why",
            " 2:the arguments are wrong, a file cannot be read, or there is no engine",
            "70:the program itself went wrong"
        })
final class TestCommand implements Callable<Integer> {

    @Mixin
    private EggFiles files = new EggFiles();

    @Mixin
    private ServerValues values = new ServerValues();

    @Option(
            names = "--runtime",
            paramLabel = "RUNTIME",
            defaultValue = "docker",
            description =
                    "Where servers run: docker, or process: children of this program, without the egg's images. Default: ${DEFAULT-VALUE}.")
    private ServerRuntime runtime = ServerRuntime.DOCKER;

    @Option(
            names = "--memory",
            paramLabel = "MIB",
            defaultValue = "2048",
            description = "The server's memory in MiB. Default: ${DEFAULT-VALUE}.")
    private long memoryMebibytes;

    @Option(
            names = "--start-seconds",
            paramLabel = "SECONDS",
            defaultValue = "900",
            description = "How long installation and start may take together. Default: ${DEFAULT-VALUE}.")
    private long startSeconds;

    @Option(
            names = "--stop-seconds",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long the stop may take. Default: ${DEFAULT-VALUE}.")
    private long stopSeconds;

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description = "Keeps the servers' files below this folder. Default: a temporary one that is deleted.")
    private @Nullable Path folder;

    @Mixin
    private AnswerOutput output = new AnswerOutput();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var answers = output.answers();
        boolean failed = false;
        for (var source : files.sources()) {
            failed |= failed(source, output.forPeople(), answers);
        }
        answers.end();
        return failed ? Main.FOUND : 0;
    }

    private boolean failed(EggFiles.Source source, PrintWriter servers, Answers answers)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        Optional<String> failure;
        try {
            failure = run(EggReader.read(source.read()).egg(), servers);
        } catch (EggException e) {
            failure = Optional.of("error: " + e.getMessage());
        }
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        var words = failure.orElse("installed, started and stopped");
        answers.add(
                Printable.line(source.name() + ": " + words + " (" + seconds + " s)"),
                SimulationDocument.object(
                        "file", new Json.Text(source.name()),
                        "works", new Json.Bool(failure.isEmpty()),
                        "message", new Json.Text(words),
                        "seconds", new Json.Num(BigDecimal.valueOf(seconds))));
        return failure.isPresent();
    }

    private Optional<String> run(Egg egg, PrintWriter out) throws IOException, InterruptedException {
        var root = folder == null ? Files.createTempDirectory("egg-test") : folder.toAbsolutePath();
        var node = UUID.randomUUID();
        // A server that ends too early is to be told, not started again.
        var options = DaemonOptions.builder(node, root.resolve(node.toString()))
                .runtime(runtime)
                .crashDetection(CrashDetectionOptions.builder().enabled(false).build())
                .build();
        var progress = new TrialProgress(out);
        try {
            var server = new TrialServer(egg, values.byName(), memoryMebibytes, progress);
            return new Trial(
                            options,
                            server,
                            progress,
                            Duration.ofSeconds(startSeconds),
                            Duration.ofSeconds(stopSeconds))
                    .run();
        } finally {
            if (folder == null) {
                delete(root);
            }
        }
    }

    private static void delete(Path root) throws IOException {
        try (var walk = Files.walk(root)) {
            for (var path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
