package dev.rookery.build.tiers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Writes each test that did not run, with the reason, to {@code target/left-out.txt} of its module. */
public final class LeftOutListener implements TestExecutionListener {
    static final String FILE = "left-out.txt";

    private final Path file;
    private boolean started;

    /** Creates the listener for the module whose tests run in this JVM. */
    public LeftOutListener() {
        this(Path.of(System.getProperty("basedir", ""), "target", FILE));
    }

    LeftOutListener(Path file) {
        this.file = file;
    }

    @Override
    public synchronized void testPlanExecutionStarted(TestPlan plan) {
        // One JVM may execute several plans; only the first one clears what an earlier build left.
        if (started) {
            return;
        }
        started = true;
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        write(test, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            write(test, result.getThrowable().map(Throwable::getMessage).orElse("aborted"));
        }
    }

    private synchronized void write(TestIdentifier test, String reason) {
        String line = name(test) + "\t" + reason.replaceAll("\\s+", " ").trim() + "\n";
        try {
            Files.createDirectories(Optional.ofNullable(file.getParent()).orElse(Path.of("")));
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(TestIdentifier test) {
        TestSource source = test.getSource().orElse(null);
        if (source instanceof MethodSource method) {
            return simple(method.getClassName()) + "." + method.getMethodName();
        }
        if (source instanceof ClassSource type) {
            return simple(type.getClassName());
        }
        return test.getDisplayName();
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
