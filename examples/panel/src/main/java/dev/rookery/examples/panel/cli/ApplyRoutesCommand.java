package dev.rookery.examples.panel.cli;

import dev.rookery.api.InvalidInputException;
import dev.rookery.examples.panel.PanelSettings;
import dev.rookery.proxy.DocumentJson;
import dev.rookery.proxy.apply.RefusedChangeException;
import dev.rookery.proxy.route.ProxyDocument;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts a document of routes in place of what is saved, and applies it. */
@Command(
        name = "apply-routes",
        description = "Puts a document of routes in place of what is saved, and applies it.",
        mixinStandardHelpOptions = true)
public final class ApplyRoutesCommand implements Callable<Integer> {

    private static final int NOT_APPLIED = 1;

    @Mixin
    private final DataOptions data = new DataOptions();

    @Mixin
    private final ProxyArguments proxy = new ProxyArguments();

    @Spec
    private CommandSpec command;

    @Option(names = "--if-absent", description = "leaves alone what was saved before")
    private boolean ifAbsent;

    @Parameters(paramLabel = "FILE", description = "the document, or another program's routes.json")
    private Path file = Path.of(".");

    /** Created by picocli. */
    ApplyRoutesCommand() {}

    @Override
    public Integer call() {
        var options = proxy.options(data.directory())
                .orElseThrow(() ->
                        new InvalidInputException("--proxy: missing (expected: the engine that runs the routes)"));
        var document = document();
        try (var panel = data.open(
                URI.create("http://127.0.0.1"), PanelSettings.defaults().withProxy(options))) {
            var service = panel.proxy().orElseThrow().service();
            var head = service.head();
            if (ifAbsent && head.number() > 0) {
                Output.print(
                        command,
                        Map.of(
                                "revision",
                                head.number(),
                                "applied",
                                service.state().applied()));
                return 0;
            }
            var report = service.replace(head.etag(), "command line", "apply-routes", document);
            Output.print(
                    command,
                    Map.of(
                            "revision", report.saved().number(),
                            "applied", report.applied(),
                            "said", report.said()));
            return report.applied() ? 0 : NOT_APPLIED;
        } catch (RefusedChangeException e) {
            e.findings().forEach(finding -> command.commandLine().getErr().println(finding));
            throw e;
        }
    }

    private ProxyDocument document() {
        try {
            return DocumentJson.read(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new InvalidInputException(
                    "file '" + file + "' cannot be read (expected: a document of routes): " + e, e);
        }
    }
}
