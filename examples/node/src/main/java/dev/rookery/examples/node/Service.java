package dev.rookery.examples.node;

import ch.qos.logback.classic.Level;
import dev.rookery.daemon.Daemon;
import dev.rookery.daemon.DaemonOptions;
import dev.rookery.daemon.config.ConfigFile;
import dev.rookery.wings.HttpPanel;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A daemon from its configuration to the end of the process. */
final class Service {

    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private final Path file;

    Service(Path file) {
        this.file = file;
    }

    /** Runs until the process is told to end. The containers outlive it. */
    int run() throws InterruptedException {
        var config = ConfigFile.read(file);
        var options = config.options();
        if (options.debug()) {
            ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger("dev.rookery")).setLevel(Level.DEBUG);
        }
        warnOfUnused(config);
        var daemon =
                Daemon.builder(options, panel(config)).configurationFile(file).build();
        var ended = new CountDownLatch(1);
        var hook = new Thread(() -> end(daemon, ended), "shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            daemon.start();
        } catch (RuntimeException e) {
            Runtime.getRuntime().removeShutdownHook(hook);
            daemon.close();
            throw e;
        }
        LOG.info("node {} of the panel {} is up, version {}", options.nodeUuid(), panelUrl(options), Version.text());
        ended.await();
        return 0;
    }

    private static void end(Daemon daemon, CountDownLatch ended) {
        LOG.info("ending; the servers go on");
        daemon.close();
        LOG.info("ended");
        ended.countDown();
        // To be told to end is no failure; without this the exit code would be that of the signal.
        Runtime.getRuntime().halt(0);
    }

    private void warnOfUnused(ConfigFile config) {
        if (!config.unusedKeys().isEmpty()) {
            LOG.warn(
                    "{} sets what this version does not use: {}",
                    file,
                    config.unusedKeys().stream()
                            .map(ConfigFile.UnusedKey::toString)
                            .collect(Collectors.joining(", ")));
        }
    }

    private static HttpPanel panel(ConfigFile config) {
        var options = config.options();
        var credentials = options.credentials().orElseThrow();
        var builder = HttpPanel.builder(options.panelUrl().orElseThrow(), credentials)
                .version(Version.text())
                .deadline(options.panelTimeout());
        config.panelHeaders().forEach(builder::header);
        return builder.build();
    }

    private static String panelUrl(DaemonOptions options) {
        return options.panelUrl().map(Object::toString).orElse("");
    }
}
