package dev.rookery.examples.node;

import com.sun.net.httpserver.HttpServer;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.daemon.Daemon;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.UUID;
import java.util.concurrent.Callable;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/**
 * Goes once through what a start of the service does, so that the launcher can have the JVM record it. Everything lies in a temporary
 * directory; the panel is one of its own, and there is no engine.
 */
@Command(
        name = "rehearse",
        description = {
            "Starts a node that nobody knows in a temporary directory, asks it, and ends.",
            "The launcher has the JVM record this, so that later starts are quicker. Touches no configuration and no engine."
        },
        mixinStandardHelpOptions = true)
final class Rehearse implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(Rehearse.class);
    private static final String SERVER = "7c0e1a52-0f3b-4d5e-9c53-2d6f7f1a2b3c";
    /** Often enough that what answers is compiled, and so part of what is recorded. */
    private static final int ROUNDS = 20;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var log = NodeLog.install(NodeLog.Format.TEXT);
        var folder = Files.createTempDirectory("rookery-rehearsal");
        var panel = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        panel.createContext("/", exchange -> {
            var body = servers();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        panel.start();
        try {
            rehearse(folder, "http://127.0.0.1:" + panel.getAddress().getPort(), log);
        } finally {
            panel.stop(0);
            delete(folder);
        }
        return 0;
    }

    private static void rehearse(Path folder, String panelUrl, NodeLog log) throws IOException, InterruptedException {
        var credentials = NodeCredentials.random(new SecureRandom());
        // The panel's server is taken in, because its files are here.
        Files.createDirectories(folder.resolve("volumes").resolve(SERVER));
        var config = Files.writeString(folder.resolve("config.yml"), """
                uuid: %1$s
                token_id: %2$s
                token: %3$s
                remote: %4$s
                api: {host: 127.0.0.1, port: 0}
                system: {root_directory: %5$s, log_directory: %5$s/log, data: %5$s/volumes, archive_directory: %5$s/archives,
                  backup_directory: %5$s/backups, tmp_directory: %5$s/tmp,
                  sftp: {bind_address: 127.0.0.1, bind_port: 0}}
                docker: {socket: "unix://%5$s/no-engine.sock"}
                """.formatted(
                        UUID.randomUUID(), credentials.tokenId(), credentials.token(), panelUrl, folder));
        try (var daemon = Service.daemon(config, log)) {
            daemon.start();
            ask(daemon, credentials);
        }
    }

    private static void ask(Daemon daemon, NodeCredentials credentials) throws IOException, InterruptedException {
        var client = new OkHttpClient();
        var url = "http://127.0.0.1:" + daemon.address().orElseThrow().getPort();
        try {
            for (int i = 0; i < ROUNDS; i++) {
                for (var path : new String[] {"/api/system", "/api/servers", "/api/servers/" + SERVER}) {
                    var request = new Request.Builder()
                            .url(URI.create(url + path).toURL())
                            .header("Authorization", "Bearer " + credentials.token())
                            .build();
                    try (var answer = client.newCall(request).execute()) {
                        LOG.info("{} -> {}", path, answer.code());
                    }
                }
                Thread.sleep(20);
            }
        } finally {
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
        }
    }

    private static byte[] servers() throws IOException {
        try (var in = Rehearse.class.getResourceAsStream("rehearsal.json")) {
            if (in == null) {
                throw new IOException("the program is incomplete: rehearsal.json");
            }
            return in.readAllBytes();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var tree = Files.walk(folder)) {
            tree.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
