package dev.rookery.examples.panel;

import dev.rookery.panel.s3.S3Options;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A foreign S3 server with one bucket. Tests that use it have the tag {@code s3}. */
final class S3Server implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("listening on .*:([0-9]+)");
    private static final String KEY = "S3RVER"; // the only user it knows

    private final Process process;
    private final int port;

    private S3Server(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static S3Server start(Path data) throws IOException {
        var process = new ProcessBuilder(List.of(
                        "node",
                        "web/node_modules/s3rver/bin/s3rver.js",
                        "--directory",
                        data.toString(),
                        "--address",
                        "127.0.0.1",
                        "--port",
                        "0",
                        "--no-vhost-buckets",
                        "--configure-bucket",
                        "backups"))
                .redirectErrorStream(true)
                .start();
        var output = process.inputReader();
        var said = new StringBuilder();
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            var match = PORT.matcher(line);
            if (match.find()) {
                drain(output);
                return new S3Server(process, Integer.parseInt(match.group(1)));
            }
        }
        throw new IOException("the S3 server did not start: " + said);
    }

    S3Options options() {
        return S3Options.builder()
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .bucket("backups")
                .accessKey(KEY)
                .secretKey(KEY)
                .build();
    }

    /** It stops when nobody reads what it says of each request. */
    private static void drain(BufferedReader output) {
        var reader = new Thread(() -> {
            try (output) {
                while (output.readLine() != null) {
                    // not looked at
                }
            } catch (IOException ignored) { // it has ended
            }
        });
        reader.setDaemon(true);
        reader.start();
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
