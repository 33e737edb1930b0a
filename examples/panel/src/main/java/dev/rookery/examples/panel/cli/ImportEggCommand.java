package dev.rookery.examples.panel.cli;

import dev.rookery.api.InvalidInputException;
import dev.rookery.examples.panel.Eggs;
import dev.rookery.panel.spi.EggRecord;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelException.Problem;
import dev.rookery.panel.spi.PanelStore;
import java.io.IOException;
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

/** Imports an egg from a file. */
@Command(name = "import-egg", description = "Imports an egg.", mixinStandardHelpOptions = true)
public final class ImportEggCommand implements Callable<Integer> {

    @Mixin
    private final DataOptions data = new DataOptions();

    @Spec
    private CommandSpec command;

    @Option(names = "--if-absent", description = "an egg that was imported before is no error")
    private boolean ifAbsent;

    @Parameters(paramLabel = "FILE", description = "the egg")
    private Path file = Path.of(".");

    /** Created by picocli. */
    ImportEggCommand() {}

    @Override
    public Integer call() {
        byte[] document;
        try {
            document = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new InvalidInputException("egg file '" + file + "' cannot be read (expected: a file): " + e, e);
        }
        try (var panel = data.open()) {
            var egg = add(panel.eggs(), panel.service().store(), document);
            Output.print(command, Map.of("id", egg.id(), "name", egg.name()));
        }
        return 0;
    }

    private EggRecord add(Eggs eggs, PanelStore store, byte[] document) {
        try {
            return eggs.add(document).row();
        } catch (PanelException e) {
            if (e.problem() != Problem.EGG_EXISTS || !ifAbsent) {
                throw e;
            }
            var uuid = e.fields().get("uuid");
            return store.eggs().list().stream()
                    .filter(egg -> egg.uuid().equals(uuid))
                    .findFirst()
                    .orElseThrow(() -> e);
        }
    }
}
