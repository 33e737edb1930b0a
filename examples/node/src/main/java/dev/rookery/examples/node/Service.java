package dev.rookery.examples.node;

import dev.rookery.api.token.RotatingCredentials;
import dev.rookery.daemon.Daemon;
import dev.rookery.daemon.DaemonOptions;
import dev.rookery.daemon.config.ConfigFile;
import dev.rookery.wings.HttpPanel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A daemon from its configuration to the end of the process. */
final class Service {

    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private final Path file;
    private final NodeLog log;

    Service(Path file, NodeLog log) {
        this.file = file;
        this.log = log;
    }

    /** Runs until the process is told to end. The containers outlive it. */
    int run() throws InterruptedException {
        var config = ConfigFile.read(file);
        var options = config.options();
        log.debug(options.debug());
        warnOfUnused(config);
        var daemon = daemon(file, config, log);
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
        StartMark.remove();
        ended.await();
        return 0;
    }

    /** Returns the daemon of a configuration, not started. */
    static Daemon daemon(Path file, NodeLog log) {
        return daemon(file, ConfigFile.read(file), log);
    }

    private static Daemon daemon(Path file, ConfigFile config, NodeLog log) {
        var options = config.options();
        // Shared, so that a token that the panel exchanges is the one that we come with, too.
        var credentials = RotatingCredentials.of(options.credentials().orElseThrow(), Clock.systemUTC());
        return Daemon.builder(options, panel(config, credentials))
                .configurationFile(file)
                .credentials(credentials)
                .log(log)
                .build();
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

    private static HttpPanel panel(ConfigFile config, RotatingCredentials credentials) {
        var options = config.options();
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
