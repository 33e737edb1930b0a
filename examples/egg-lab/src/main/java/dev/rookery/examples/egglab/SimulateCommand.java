package dev.rookery.examples.egglab;

import dev.rookery.api.egg.EggException;
import dev.rookery.api.egg.EggReader;
import dev.rookery.api.egg.simulation.EggSimulation;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what a node would do with eggs. */
@Command(
        name = "simulate",
        description =
                "Says what a node would do with eggs: installation, files, startup line, environment, stop. Nothing is started.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:every egg can be used",
            " 1:an egg cannot be used, or with --strict there are remarks; the report says why",
            " 2:the arguments are wrong, or a file cannot be read",
            "70:the program itself went wrong"
        })
final class SimulateCommand implements Callable<Integer> {

    @Mixin
    private EggFiles files = new EggFiles();

    @Mixin
    private ServerValues values = new ServerValues();

    @Mixin
    private AnswerOutput output = new AnswerOutput();

    @Option(names = "--strict", description = "Fails on remarks as well, such as values that break rules.")
    private boolean strict;

    @Override
    public Integer call() throws IOException {
        var answers = output.answers();
        boolean found = false;
        for (var source : files.sources()) {
            found |= simulate(source, answers);
        }
        answers.end();
        return found ? Main.FOUND : 0;
    }

    private boolean simulate(EggFiles.Source source, Answers answers) throws IOException {
        try {
            var egg = EggReader.read(source.read()).egg();
            var simulation = EggSimulation.of(egg, values.byName());
            answers.add(simulation.text(), SimulationDocument.of(source.name(), simulation));
            return strict && !simulation.remarks().isEmpty();
        } catch (EggException e) {
            answers.add(
                    Printable.line(source.name() + ": error: " + e.getMessage()),
                    SimulationDocument.of(source.name(), e));
            return true;
        }
    }
}
