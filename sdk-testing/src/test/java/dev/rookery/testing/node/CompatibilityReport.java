package dev.rookery.testing.node;

import dev.rookery.api.dialect.Dialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Writes down what each test of a contract showed of a foreign daemon: {@code target/compatibility/DIALECT.tsv}, from which {@code
 * scripts/compatibility} makes the table in the documentation. A line has date, dialect, version, group, test, outcome and reason.
 */
final class CompatibilityReport implements BeforeAllCallback, TestWatcher {

    private static final Path FOLDER = Path.of("target/compatibility");

    private final String dialect;
    private final Path file;
    private volatile String version = "unknown";

    CompatibilityReport(Dialect dialect) {
        this.dialect = dialect.wireName();
        this.file = FOLDER.resolve(this.dialect + ".tsv");
    }

    /** Says which version it is. */
    void version(String daemon) {
        version = daemon;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        if (context.getTestClass().filter(Class::isMemberClass).isEmpty()) {
            Files.createDirectories(FOLDER);
            Files.deleteIfExists(file);
        }
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        write(context, "passed", "");
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        write(context, "passed over", Optional.ofNullable(cause.getMessage()).orElse(""));
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        write(context, "failed", cause.toString());
    }

    private void write(ExtensionContext context, String outcome, String reason) {
        var group = context.getRequiredTestClass().getSuperclass().getSimpleName();
        var line = String.join(
                "\t",
                LocalDate.now(Clock.systemUTC()).toString(),
                dialect,
                version,
                group,
                context.getRequiredTestMethod().getName(),
                outcome,
                reason.lines()
                        .findFirst()
                        .orElse("")
                        .replace("Assumption failed: ", "")
                        .replace('\t', ' '));
        try {
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
