package dev.rookery.api.egg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.egg.EggRule.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The tables of docs/eggs.md, which are written anew with {@code -Deggs.page=accept}. */
@Tag("source-tree")
class EggPageTest {

    private static final Path PAGE = Path.of("../docs/eggs.md");

    /** What became of the eggs of a format. */
    private static final class Row {
        int json;
        int yaml;
        int written;
        int converted;
        int linted;
        final Map<Severity, Integer> worst = new EnumMap<>(Severity.class);
        int spotless;
    }

    @Test
    void namesEveryRule() throws IOException {
        var table = new StringBuilder("| code | severity | what | what to do |\n|---|---|---|---|\n");
        Arrays.stream(EggRule.values())
                .sorted((one, other) -> one.severity() == other.severity()
                        ? one.code().compareTo(other.code())
                        : one.severity().compareTo(other.severity()))
                .forEach(rule -> table.append("| `%s` | %s | %s | %s |\n"
                        .formatted(rule.code(), word(rule.severity()), rule.title(), rule.advice())));
        compare("rules", table.toString());
    }

    @Test
    @Tag("eggs")
    void everyRealEggIsReadWrittenConvertedAndLinted() throws IOException {
        var rows = new TreeMap<EggFormat, Row>();
        var unreadable = new TreeMap<String, String>();
        var digest = sha256();
        for (var file : EggCorpus.files()) {
            var bytes = Files.readAllBytes(file);
            digest.update(bytes);
            try {
                count(bytes, file, rows);
            } catch (EggException e) {
                assertThat(e.place()).as("%s: %s", file, e.getMessage()).isPresent();
                unreadable.put(EggCorpus.folder().relativize(file).toString(), e.getMessage());
            }
        }
        var corpus = "sha-256 " + HexFormat.of().formatHex(digest.digest()).substring(0, 16);
        // Another folder of eggs has to pass as well, but is not what the page is about.
        if (accepting() || Files.readString(PAGE).contains(corpus)) {
            compare("corpus", table(rows, unreadable, corpus));
        }
    }

    private static void count(byte[] bytes, Path file, Map<EggFormat, Row> rows) {
        var reading = EggReader.read(bytes);
        var row = rows.computeIfAbsent(reading.egg().format(), format -> new Row());
        if (file.toString().endsWith(".json")) {
            row.json++;
        } else {
            row.yaml++;
        }
        for (var format : EggFormat.values()) {
            Differences.check(reading.egg(), format);
            if (format == reading.egg().format()) {
                row.written++;
            } else {
                row.converted++;
            }
        }
        var findings = EggLint.check(reading);
        assertThat(findings).allSatisfy(finding -> assertThat(finding.place()).isPresent());
        row.linted++;
        findings.stream()
                .map(EggFinding::severity)
                .min(Severity::compareTo)
                .ifPresentOrElse(worst -> row.worst.merge(worst, 1, Integer::sum), () -> row.spotless++);
    }

    private static String table(Map<EggFormat, Row> rows, Map<String, String> unreadable, String corpus) {
        int files = unreadable.size()
                + rows.values().stream().mapToInt(row -> row.json + row.yaml).sum();
        var table = new StringBuilder("Corpus: " + files + " files, " + corpus + ".\n\n");
        table.append(
                "| format | JSON | YAML | read | written, read equal | conversions, all exact | linted | worst: error | warning"
                        + " | note | nothing |\n|---|---|---|---|---|---|---|---|---|---|---|\n");
        rows.forEach((format, row) -> table.append("| %s | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d |\n"
                .formatted(
                        format.version(),
                        row.json,
                        row.yaml,
                        row.json + row.yaml,
                        row.written,
                        row.converted,
                        row.linted,
                        row.worst.getOrDefault(Severity.ERROR, 0),
                        row.worst.getOrDefault(Severity.WARNING, 0),
                        row.worst.getOrDefault(Severity.NOTE, 0),
                        row.spotless)));
        table.append("\nNot JSON, and refused by every panel: %d files.\n\n".formatted(unreadable.size()));
        unreadable.forEach((file, message) -> table.append("- `%s`: %s\n".formatted(file, message)));
        return table.toString();
    }

    private static void compare(String part, String table) throws IOException {
        var begin = "<!-- " + part + ": generated -->\n";
        var end = "<!-- end of " + part + " -->";
        var page = Files.readString(PAGE);
        var matcher = Pattern.compile(Pattern.quote(begin) + "(.*?)" + Pattern.quote(end), Pattern.DOTALL)
                .matcher(page);
        assertThat(matcher.find()).as("part %s of %s", part, PAGE).isTrue();
        if (accepting()) {
            Files.writeString(PAGE, matcher.replaceFirst(Matcher.quoteReplacement(begin + table + end)));
            return;
        }
        assertThat(matcher.group(1)).as("write it anew: -Deggs.page=accept").isEqualTo(table);
    }

    private static boolean accepting() {
        return "accept".equals(System.getProperty("eggs.page"));
    }

    private static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
