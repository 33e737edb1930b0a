package dev.rookery.examples.egglab;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.egg.EggException;
import dev.rookery.api.egg.EggLint;
import dev.rookery.api.egg.EggReader;
import dev.rookery.api.egg.EggRule;
import dev.rookery.api.egg.EggRule.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what is wrong and odd about eggs. */
@Command(
        name = "lint",
        description = "Says what is wrong and odd about eggs, where, and what to do about it.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:nothing as bad as --fail-on says",
            " 1:something that bad was found, or an egg cannot be read; the report says what",
            " 2:the arguments are wrong, or a file is not there",
            "70:the program itself went wrong"
        })
final class LintCommand implements Callable<Integer> {

    @Mixin
    private EggFiles files = new EggFiles();

    @Mixin
    private ReportOutput report = new ReportOutput();

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            description = "End with 1 from this severity on: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Severity failOn = Severity.ERROR;

    @Option(
            names = "--show",
            paramLabel = "SEVERITY",
            description = "Leave out what is less than this (default: ${DEFAULT-VALUE}).")
    private Severity show = Severity.NOTE;

    @Option(
            names = "--ignore",
            paramLabel = "CODE",
            split = ",",
            description = "Leave out findings of this code, such as outdated-image; may be repeated.")
    private Set<String> ignored = Set.of();

    @Override
    public Integer call() throws IOException {
        for (var code : ignored) {
            if (Arrays.stream(EggRule.values()).noneMatch(rule -> rule.code().equals(code))) {
                throw new InvalidInputException(
                        "--ignore: " + code + " (expected: a code that reports have in brackets)");
            }
        }
        var reports = new ArrayList<FileReport>();
        for (var source : files.sources()) {
            reports.add(lint(source));
        }
        report.print(reports, report.out());
        return reports.stream().anyMatch(linted -> linted.has(failOn)) ? Main.FOUND : 0;
    }

    private FileReport lint(EggFiles.Source source) throws IOException {
        try {
            var reading = EggReader.read(source.read());
            var remarks = EggLint.check(reading).stream()
                    .filter(finding -> !ignored.contains(finding.rule().code()))
                    .filter(finding -> finding.severity().compareTo(show) <= 0
                            || finding.severity().compareTo(failOn) <= 0)
                    .map(Remark::of)
                    .toList();
            return new FileReport(
                    source.name(), Optional.of(reading.egg().format().version()), Optional.empty(), remarks);
        } catch (EggException e) {
            return new FileReport(source.name(), Optional.empty(), Optional.empty(), List.of(Remark.of(e)));
        }
    }
}
