package dev.rookery.examples.egglab;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.egg.EggException;
import dev.rookery.api.egg.EggReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what is wrong and odd about eggs. */
@Command(
        name = "lint",
        description = "Says what is wrong and odd about eggs.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:every egg can be used",
            " 1:an egg cannot be used; the report says why",
            " 2:the arguments are wrong, or a file cannot be read",
            "70:the program itself went wrong"
        })
final class LintCommand implements Callable<Integer> {

    @Mixin
    private EggFiles files = new EggFiles();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var out = requireNonNull(spec).commandLine().getOut();
        boolean found = false;
        for (var source : files.sources()) {
            found |= lint(source, out);
        }
        return found ? Main.FOUND : 0;
    }

    private static boolean lint(EggFiles.Source source, PrintWriter out) throws IOException {
        try {
            for (var warning : EggReader.read(source.read()).warnings()) {
                out.println(Printable.line(source.name() + ": warning: " + warning.path() + ": " + warning.message()));
            }
            return false;
        } catch (EggException e) {
            out.println(Printable.line(source.name() + ": error: " + e.getMessage()));
            return true;
        }
    }
}
