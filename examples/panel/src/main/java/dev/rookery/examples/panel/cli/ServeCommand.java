package dev.rookery.examples.panel.cli;

import dev.rookery.api.UnavailableException;
import dev.rookery.examples.panel.PanelSettings;
import io.javalin.util.JavalinBindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the panel until it is told to end. */
@Command(name = "serve", description = "Runs the panel in the foreground.", mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    @Mixin
    private final DataOptions data = new DataOptions();

    @Option(names = "--host", description = "where to listen (default: ${DEFAULT-VALUE})", defaultValue = "127.0.0.1")
    private String host = "127.0.0.1";

    @Option(names = "--port", description = "where to listen (default: ${DEFAULT-VALUE})", defaultValue = "8100")
    private int port;

    @Option(names = "--url", description = "where browsers and nodes reach the panel (default: http://HOST:PORT)")
    private @Nullable URI url;

    @Mixin
    private final BackupOptions backups = new BackupOptions();

    @Mixin
    private final ProxyArguments proxy = new ProxyArguments();

    @Option(
            names = "--direct-downloads",
            description = {
                "browsers load files and backups from nodes and the object store, not through the panel;",
                "they learn the addresses of these, and have to reach them"
            })
    private boolean directDownloads;

    /** Created by picocli. */
    ServeCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        var told = new CountDownLatch(1);
        var closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            told.countDown();
            await(closed);
        }));
        try {
            serveUntil(told);
        } finally {
            closed.countDown();
        }
        return 0;
    }

    private void serveUntil(CountDownLatch told) throws InterruptedException {
        var reachedAt = url == null ? URI.create("http://" + host + ":" + port) : url;
        var settings = new PanelSettings(
                backups.store(), backups.perServer(), directDownloads, proxy.options(data.directory()));
        try (var panel = data.open(reachedAt, settings);
                var server = panel.serve(new InetSocketAddress(host, port))) {
            LOG.info("the panel listens on {}:{} and is reached at {}", host, server.port(), reachedAt);
            told.await();
            LOG.info("the panel ends");
        } catch (JavalinBindException e) {
            throw new UnavailableException(
                    "cannot listen on " + host + ":" + port + " (expected: an address of this machine and a free port)",
                    e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
