package dev.rookery.examples.egglab;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.egg.EggConversion;
import dev.rookery.api.egg.EggException;
import dev.rookery.api.egg.EggFormat;
import dev.rookery.api.egg.EggReader;
import dev.rookery.api.egg.EggRule.Severity;
import dev.rookery.api.egg.EggSyntax;
import dev.rookery.api.egg.EggWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes eggs in another format. */
@Command(
        name = "convert",
        description = "Writes eggs in another format, and says what that has no place for.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:every egg is converted",
            " 1:an egg cannot be read, or with --strict would lose something; the others are converted",
            " 2:the arguments are wrong, or a file is not there or already there",
            "70:the program itself went wrong"
        })
final class ConvertCommand implements Callable<Integer> {

    @Mixin
    private EggFiles files = new EggFiles();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "FORMAT",
            description = "The format to write: PTDL_v1, PTDL_v2, PLCN_v1, PLCN_v2 or PLCN_v3.")
    private EggFormat to = EggFormat.PLCN_V3;

    @Option(
            names = "--syntax",
            paramLabel = "SYNTAX",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private EggSyntax syntax = EggSyntax.JSON;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FOLDER",
            description = "Write files into this folder; without it the one egg goes to the standard output.")
    private @Nullable Path output;

    @Option(names = "--force", description = "Write over files that are there already.")
    private boolean force;

    @Option(names = "--strict", description = "Do not convert an egg that would lose something.")
    private boolean strict;

    @Mixin
    private ReportOutput report = new ReportOutput();

    @Override
    public Integer call() throws IOException {
        if (!to.syntaxes().contains(syntax)) {
            throw new InvalidInputException("--syntax: " + syntax + " (expected: JSON for " + to.version() + ")");
        }
        var sources = files.sources();
        if (output == null && sources.size() > 1) {
            throw new InvalidInputException(sources.size() + " eggs (expected: --output FOLDER for more than one)");
        }
        var targets = new ArrayList<Path>();
        if (output != null) {
            for (var source : sources) {
                targets.add(target(source, output));
            }
            requireFree(targets);
        }
        var reports = new ArrayList<FileReport>();
        for (int i = 0; i < sources.size(); i++) {
            reports.add(convert(sources.get(i), output == null ? null : targets.get(i)));
        }
        // The egg has the standard output for itself.
        report.print(reports, output == null ? report.errors() : report.out());
        return reports.stream().anyMatch(converted -> converted.has(strict ? Severity.WARNING : Severity.ERROR))
                ? Main.FOUND
                : 0;
    }

    private FileReport convert(EggFiles.Source source, @Nullable Path target) throws IOException {
        EggConversion conversion;
        try {
            conversion = EggConversion.of(EggReader.read(source.read()).egg(), to);
        } catch (EggException e) {
            return new FileReport(source.name(), Optional.empty(), Optional.empty(), List.of(Remark.of(e)));
        }
        var converted = new FileReport(
                source.name(),
                Optional.of(to.version()),
                Optional.empty(),
                conversion.changes().stream().map(Remark::of).toList());
        if (strict && converted.has(Severity.WARNING)) {
            return converted;
        }
        var written = EggWriter.write(conversion.egg(), syntax);
        if (target == null) {
            report.out().print(new String(written, StandardCharsets.UTF_8));
            report.out().flush();
            return converted;
        }
        write(target, written);
        return new FileReport(
                converted.file(), converted.format(), Optional.of(target.toString()), converted.remarks());
    }

    private Path target(EggFiles.Source source, Path folder) {
        return folder.resolve(source.inFolder().replaceFirst("\\.(?:json|ya?ml|JSON|YA?ML)$", "")
                + (syntax == EggSyntax.JSON ? ".json" : ".yaml"));
    }

    /** Looks at all of them before anything is written. */
    private void requireFree(List<Path> targets) {
        var seen = new HashSet<Path>();
        for (var target : targets) {
            if (!seen.add(target.normalize())) {
                throw new InvalidInputException(target + ": two of the eggs would be written there (expected: one)");
            }
            if (!force && Files.exists(target)) {
                throw new InvalidInputException(target + ": there already (expected: another folder, or --force)");
            }
        }
    }

    private void write(Path target, byte[] written) throws IOException {
        Files.createDirectories(requireNonNull(target.getParent()));
        Files.write(
                target,
                written,
                StandardOpenOption.CREATE,
                force ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE);
    }
}
