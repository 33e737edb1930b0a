package dev.rookery.daemon.internal.server;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.ConflictException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.egg.ContainerEnvironment;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.spi.Attachment;
import dev.rookery.api.spi.ServerEnvironment;
import dev.rookery.daemon.internal.console.LiveOutput;
import dev.rookery.daemon.internal.console.ResumedOutput;
import dev.rookery.daemon.internal.job.InstallFiles;
import dev.rookery.daemon.internal.job.InstallSecrets;
import dev.rookery.kit.Backoff;
import dev.rookery.kit.Redactor;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** One run of an install container, followed to its end: output to log and consoles, exit code to the job. Used by one thread. */
@SuppressWarnings("try") // Registrations are held open, not used.
final class InstallRun {

    private static final long LAST_OUTPUT_MILLIS = 5_000;

    private final ManagedServer server;
    private final ServerEnvironment environment;
    private final InstallScript script;
    private final InstallFiles files;
    private final CancelSignal stop;
    private final int maxLineBytes;
    private final Map<String, String> variables;
    private final Redactor secrets;

    InstallRun(ManagedServer server, InstallScript script, InstallFiles files, CancelSignal stop) {
        this.server = server;
        this.environment = server.services().environment();
        this.script = script;
        this.files = files;
        this.stop = stop;
        var options = server.services().options();
        this.maxLineBytes = options.console().maxLineBytes();
        this.variables = ContainerEnvironment.of(
                        server.configuration().settings(), options.system().timezone())
                .variables();
        this.secrets = InstallSecrets.of(variables, options.credentials());
    }

    /** Starts a created container; returns its exit code. */
    int begin(String container) throws IOException {
        try (var log = beginLog()) {
            var live = new LiveOutput(maxLineBytes, false, line -> heard(log, line));
            try (var attachment = environment.attach(container, live, stop)) {
                environment.start(container, stop);
                return follow(container, live, attachment);
            }
        }
    }

    /** Takes up a container that may run, have ended, or never have been started; returns its exit code. */
    int resume(String container) throws IOException {
        var status = retry(() -> environment
                .inspect(container, stop)
                .orElseThrow(() -> new ConflictException(
                        "its container disappeared while this node was down (expected: container " + container + ")")));
        if (!status.running() && status.startedAt().isEmpty()) {
            return begin(container);
        }
        var resumed = new ResumedOutput(environment, server.services().clock(), maxLineBytes);
        try (var log = beginLog()) {
            if (!status.running()) {
                retry(() -> resumed.readLog(container, java.util.Optional.empty(), stop))
                        .lines()
                        .forEach(line -> log.println(secrets.redact(line)));
                return status.exitCode();
            }
            var live = new LiveOutput(maxLineBytes, true, line -> heard(log, line));
            try (var attachment = retry(() -> resumed.attach(
                    container,
                    live,
                    (lines, dropped) -> lines.forEach(line -> log.println(secrets.redact(line))),
                    stop))) {
                return follow(container, live, attachment);
            }
        }
    }

    private int follow(String container, LiveOutput live, Attachment attachment) {
        var news = new Semaphore(1);
        try (var ignored = server.services().processes().hold(container, news::release);
                var ignoredToo = stop.onCancel(news::release)) {
            while (true) {
                news.acquire();
                news.drainPermits();
                requireNotStopped();
                var status = retry(() -> environment.inspect(container, stop));
                if (status.isEmpty()) {
                    throw new ConflictException("its container was removed by somebody else");
                }
                if (!status.get().running()) {
                    live.awaitEnd(LAST_OUTPUT_MILLIS);
                    attachment.close();
                    return status.get().exitCode();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted", e);
        }
    }

    private PrintWriter beginLog() throws IOException {
        return files.beginLog(
                script,
                List.copyOf(variables.keySet()),
                server.services().clock().instant());
    }

    private void heard(PrintWriter log, String line) {
        var safe = secrets.redact(line);
        log.println(safe);
        server.console().installOutput(safe);
    }

    /** The engine may be away for as long as the installation may take: the script does not notice. */
    private <T> T retry(java.util.function.Supplier<T> call) {
        for (int failures = 1; ; failures++) {
            try {
                return call.get();
            } catch (RookeryException e) {
                requireNotStopped();
                if (!e.retryable()) {
                    throw e;
                }
                pause(failures);
            }
        }
    }

    private void pause(int failures) {
        try {
            Thread.sleep(Backoff.REMOTE.pauseAfter(failures).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted", e);
        }
    }

    private void requireNotStopped() {
        if (stop.cancelled()) {
            throw new ConflictException("the installation was ended");
        }
    }
}
