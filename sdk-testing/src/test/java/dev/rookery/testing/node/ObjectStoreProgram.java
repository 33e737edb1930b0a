package dev.rookery.testing.node;

import dev.rookery.panel.s3.S3Options;
import dev.rookery.testing.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An S3 server of another project, with one bucket, among the packages that the panel's pages are built with. It listens where
 * daemons written in Go let a backup come from, which is no private address.
 */
final class ObjectStoreProgram implements AutoCloseable {

    private static final String PROGRAM = "../examples/panel/web/node_modules/s3rver/bin/s3rver.js";
    private static final String KEY = "S3RVER"; // the only user it knows

    private static final InetAddress ADDRESS = ForeignPair.publicAddress();

    private final Process process;
    private final int port;

    private ObjectStoreProgram(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static ObjectStoreProgram start(Path data) throws IOException {
        int port;
        try (var free = new ServerSocket(0, 1, ADDRESS)) {
            port = free.getLocalPort();
        }
        var command = "node " + PROGRAM + " --address " + ADDRESS.getHostAddress()
                + " --no-vhost-buckets --configure-bucket backups --port " + port + " --directory";
        var words = new ArrayList<>(List.of(command.split(" ")));
        words.add(data.toString());
        var process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Eventually.holds("the S3 server listens", Duration.ofSeconds(20), () -> listens(port));
        return new ObjectStoreProgram(process, port);
    }

    S3Options options() {
        return S3Options.builder()
                .endpoint(URI.create("http://" + ADDRESS.getHostAddress() + ":" + port))
                .bucket("backups")
                .accessKey(KEY)
                .secretKey(KEY)
                .build();
    }

    private static boolean listens(int port) {
        try (var socket = new Socket(ADDRESS, port)) {
            return socket.isConnected();
        } catch (IOException ignored) { // not yet
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
