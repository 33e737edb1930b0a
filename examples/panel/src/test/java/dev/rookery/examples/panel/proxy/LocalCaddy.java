package dev.rookery.examples.panel.proxy;

import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A Caddy of this machine with nothing but its administration. Tests that start one have the tag {@code caddy}. */
public final class LocalCaddy implements AutoCloseable {

    private static final String PROGRAM =
            Optional.ofNullable(System.getenv("ROOKERY_CADDY")).orElse("caddy");

    private final Process process;
    private final String admin;
    private final int httpPort = freePort();
    private final int httpsPort = freePort();

    /** Starts one that keeps everything below a folder, and waits until it answers. */
    public LocalCaddy(Path folder) throws IOException, InterruptedException {
        admin = "127.0.0.1:" + freePort();
        Files.createDirectories(folder);
        var boot = Files.writeString(
                folder.resolve("boot.json"),
                "{\"admin\":{\"listen\":\"" + admin + "\",\"config\":{\"persist\":false}}}");
        var builder = new ProcessBuilder(PROGRAM, "run", "--config", boot.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("caddy.log").toFile());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("XDG_DATA_HOME", folder.resolve("data").toString());
        builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        process = builder.start();
        awaitAnswer();
    }

    /** Returns the choice of this engine. */
    public EngineChoice choice() {
        return new EngineChoice.Caddy("caddy", admin, Optional.of(PROGRAM), Optional.empty(), List.of(), false);
    }

    /** Returns a document with this engine's ports, which may lead to this machine. */
    public ProxyDocument settings(ProxyDocument document) {
        return ProxyDocument.builder()
                .from(document)
                .settings(ProxySettings.builder()
                        .from(document.settings())
                        .listenAddress("127.0.0.1")
                        .httpPort(httpPort)
                        .httpsPort(httpsPort)
                        .addAllowedUpstreams("127.0.0.0/8")
                        .build())
                .build();
    }

    /** Returns the port for plain HTTP. */
    public int httpPort() {
        return httpPort;
    }

    /** Returns a port that was free a moment ago. */
    public static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitAnswer() throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://" + admin + "/config/"))
                .build();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            try {
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
                return;
            } catch (IOException e) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("Caddy does not answer", e);
                }
                process.waitFor(20, TimeUnit.MILLISECONDS);
            }
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
