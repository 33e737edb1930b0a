package dev.rookery.examples.panel;

import dev.rookery.examples.panel.proxy.EngineChoice;
import dev.rookery.proxy.engine.FreePorts;
import dev.rookery.proxy.engine.RunningCaddy;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** An engine of this machine for a panel of a test. It listens on free ports of this machine only. Tests that start one have its tag. */
public final class LocalEngine implements AutoCloseable {

    private final EngineChoice choice;
    private final Path log;
    private final Runnable end;
    private final int[] ports = FreePorts.of(3);

    private LocalEngine(EngineChoice choice, Path log, Runnable end) throws IOException {
        this.choice = choice;
        this.log = log;
        this.end = end;
    }

    /** Starts a Caddy that is driven by its administration. */
    public static LocalEngine caddy(Path folder) throws IOException {
        int port = FreePorts.of(1)[0];
        var admin = "127.0.0.1:" + port;
        var caddy = new RunningCaddy(Files.createDirectories(folder), admin);
        caddy.await(() -> listens(port));
        var choice = new EngineChoice.Caddy(
                "caddy", admin, Optional.of(RunningCaddy.PROGRAM), Optional.of(caddy.bootFile()), List.of(), false);
        return new LocalEngine(choice, caddy.log(), caddy::close);
    }

    /** Returns a Caddy that does not run. */
    public static EngineChoice away() throws IOException {
        return new EngineChoice.Caddy(
                "caddy", "127.0.0.1:" + FreePorts.of(1)[0], Optional.empty(), Optional.empty(), List.of(), true);
    }

    /** Starts a Caddy that watches a file. */
    public static LocalEngine watchingCaddy(Path folder) throws IOException {
        int port = FreePorts.of(1)[0];
        var admin = "127.0.0.1:" + port;
        var caddy = new RunningCaddy(Files.createDirectories(folder), admin, true);
        caddy.await(() -> listens(port));
        var choice = new EngineChoice.WatchingCaddy(
                "caddy", admin, caddy.bootFile(), Optional.of(RunningCaddy.PROGRAM), false);
        return new LocalEngine(choice, caddy.log(), caddy::close);
    }

    /** Returns an nginx, which is started when it has something to do. */
    public static LocalEngine nginx(Path folder) throws IOException {
        return nginx(folder, Optional.empty());
    }

    /** Returns an nginx, which is started when it has something to do, and whose certificates are got for it. */
    public static LocalEngine nginx(Path folder, Optional<EngineChoice.CertbotChoice> certbot) throws IOException {
        // Started by root, its workers would be somebody who may not look into a test's folder.
        Optional<String> user = "root".equals(System.getProperty("user.name")) ? Optional.of("root") : Optional.empty();
        var choice = new EngineChoice.Nginx("nginx", "nginx", Files.createDirectories(folder), user, certbot);
        return new LocalEngine(choice, folder.resolve("error.log"), () -> end(folder.resolve("nginx.pid")));
    }

    /** Ends what the panel started: a proxy goes on without its panel. */
    private static void end(Path pid) {
        try {
            if (Files.exists(pid)) {
                ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(process -> {
                    process.destroy();
                    process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
                });
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the choice of this engine. */
    public EngineChoice choice() {
        return choice;
    }

    /** Returns the file that it logs to. */
    public Path log() {
        return log;
    }

    /** Returns the port for plain HTTP. */
    public int httpPort() {
        return ports[0];
    }

    /** Returns the port for HTTPS. */
    public int httpsPort() {
        return ports[1];
    }

    /** Returns the port for what comes by tunnels. */
    public int tunnelPort() {
        return ports[2];
    }

    /** Returns a document with this engine's ports, which may lead to this machine. */
    public ProxyDocument settings(ProxyDocument document) {
        return ProxyDocument.builder()
                .from(document)
                .settings(ProxySettings.builder()
                        .from(document.settings())
                        .listenAddress("127.0.0.1")
                        .httpPort(httpPort())
                        .httpsPort(httpsPort())
                        .addAllowedUpstreams("127.0.0.0/8")
                        .build())
                .build();
    }

    private static boolean listens(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        end.run();
    }
}
