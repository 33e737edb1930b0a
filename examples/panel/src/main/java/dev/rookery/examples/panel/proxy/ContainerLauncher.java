package dev.rookery.examples.panel.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.RestartPolicy;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.UnavailableException;
import dev.rookery.kit.DurableFiles;
import dev.rookery.proxy.cloudflare.Connector;
import dev.rookery.proxy.cloudflare.ConnectorLauncher;
import dev.rookery.proxy.cloudflare.LeftConnector;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Starts connectors in containers. Their token is a file that is put into the container before it starts, which only its user can read: it stands neither in
 * arguments nor in the environment nor in what the engine says of a container. Equal if they start the same.
 *
 * @param choice what is run, and where
 * @param folder of the tunnel's connectors; says by a name of its own which containers are ours
 */
record ContainerLauncher(ConnectorChoice.Containers choice, Path folder) implements ConnectorLauncher {

    private static final String OWNER = "dev.rookery.connector";
    private static final String PORT = "dev.rookery.connector.port";
    private static final String PRINT = "dev.rookery.connector.print";
    private static final String IDENTITY = "identity";
    private static final String TOKEN = "connector-token";
    /** Nobody, also in cloudflared's own image. */
    private static final int USER = 65_532;

    private static final int READ_ONLY = 0400;
    private static final int USUAL_PORT = 20_241;
    private static final long MEMORY_BYTES = 256L << 20;
    private static final long PIDS = 512;
    private static final long PULL_MINUTES = 10;
    private static final int PRINT_BYTES = 12;

    @Override
    public Connector start(String connectorToken) {
        if (connectorToken.isBlank()) {
            throw new InvalidInputException("connector token: empty (expected: that of the tunnel)");
        }
        var engine = choice.engine();
        return engine.ask("start the connector", client -> {
            provide(client);
            int port = choice.inHostNetwork() ? freePort() : USUAL_PORT;
            var id = create(client, port, connectorToken);
            try {
                client.copyArchiveToContainerCmd(id)
                        .withRemotePath("/")
                        .withTarInputStream(new ByteArrayInputStream(archive(connectorToken)))
                        .exec();
                client.startContainerCmd(id).exec();
            } catch (RuntimeException e) {
                client.removeContainerCmd(id).withForce(true).exec();
                throw e;
            }
            return new ContainerConnector(engine, id, port, choice.network());
        });
    }

    @Override
    public Optional<LeftConnector> adopt(String connectorToken) {
        var known = identity(false);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        var ours = choice.engine()
                .ask(
                        "say which connectors run",
                        client -> client.listContainersCmd()
                                .withShowAll(true)
                                .withLabelFilter(Map.of(OWNER, known.get()))
                                .exec());
        // The one that requests go by; of those that none go by, the one that would be started.
        var best = ours.stream()
                .filter(one -> "running".equals(one.getState()))
                .max(Comparator.comparing(
                                (Container one) -> connector(one).status().ready())
                        .thenComparing(one -> current(one, connectorToken)));
        ours.stream()
                .filter(one ->
                        best.filter(kept -> kept.getId().equals(one.getId())).isEmpty())
                .forEach(one -> connector(one).close());
        return best.map(one -> new LeftConnector(connector(one), current(one, connectorToken)));
    }

    private void provide(DockerClient client) {
        try {
            client.inspectImageCmd(choice.image()).exec();
        } catch (NotFoundException missing) {
            pull(client);
        }
    }

    private void pull(DockerClient client) {
        try (var progress = client.pullImageCmd(choice.image()).exec(new PullImageResultCallback())) {
            if (!progress.awaitCompletion(PULL_MINUTES, TimeUnit.MINUTES)) {
                throw new UnavailableException("the image " + choice.image() + " did not come within " + PULL_MINUTES
                        + " minutes (expected: it is on the machine, or its registry answers)");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("the image " + choice.image() + " was not waited for", e);
        } catch (IOException e) {
            throw new UnavailableException("the image " + choice.image() + " does not come: " + e.getMessage(), e);
        }
    }

    private String create(DockerClient client, int port, String token) {
        return client.createContainerCmd(choice.image())
                .withName("rookery-connector-" + UUID.randomUUID())
                .withUser(USER + ":" + USER)
                .withEnv("TUNNEL_TOKEN_FILE=/" + TOKEN, "NO_AUTOUPDATE=true")
                .withLabels(
                        Map.of(OWNER, identity(true).orElseThrow(), PORT, Integer.toString(port), PRINT, print(token)))
                .withCmd(command(port))
                .withHostConfig(HostConfig.newHostConfig()
                        .withNetworkMode(choice.network())
                        .withRestartPolicy(RestartPolicy.unlessStoppedRestart())
                        .withCapDrop(Capability.ALL)
                        .withSecurityOpts(List.of("no-new-privileges"))
                        .withMemory(MEMORY_BYTES)
                        .withPidsLimit(PIDS)
                        .withLogConfig(new LogConfig(
                                LogConfig.LoggingType.JSON_FILE, Map.of("max-size", "5m", "max-file", "2"))))
                .exec()
                .getId();
    }

    private List<String> command(int port) {
        var command = new ArrayList<>(
                List.of("tunnel", "--metrics", (choice.inHostNetwork() ? "127.0.0.1:" : "0.0.0.0:") + port));
        command.addAll(choice.arguments());
        command.add("run");
        return command;
    }

    private static byte[] archive(String token) {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            var content = token.getBytes(UTF_8);
            var entry = new TarArchiveEntry(TOKEN);
            entry.setSize(content.length);
            entry.setMode(READ_ONLY);
            entry.setIds(USER, USER);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new IllegalStateException("an archive in memory", e);
        }
        return bytes.toByteArray();
    }

    private ContainerConnector connector(Container container) {
        var port = container.getLabels().getOrDefault(PORT, "");
        return new ContainerConnector(
                choice.engine(),
                container.getId(),
                port.matches("\\d{1,5}") ? Integer.parseInt(port) : USUAL_PORT,
                container.getHostConfig() == null
                        ? choice.network()
                        : String.valueOf(container.getHostConfig().getNetworkMode()));
    }

    private boolean current(Container container, String token) {
        return print(token).equals(container.getLabels().get(PRINT));
    }

    /** Returns by what a container is told from one that would be started otherwise; nothing can be learned of the token from it. */
    private String print(String token) {
        var what = String.join("\n", choice.image(), choice.network(), String.join(" ", choice.arguments()), token);
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(what.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, PRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a JDK without SHA-256", e);
        }
    }

    /** Returns the name by which containers are known to be this tunnel's, of this panel and no other. */
    private Optional<String> identity(boolean make) {
        var file = folder.resolve(IDENTITY);
        try {
            if (!Files.exists(file)) {
                if (!make) {
                    return Optional.empty();
                }
                DurableFiles.createDirectories(folder);
                DurableFiles.write(file, UUID.randomUUID().toString().getBytes(UTF_8), DurableFiles.PRIVATE);
            }
            return Optional.of(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UnavailableException("it cannot be told which containers are connectors: " + e.getMessage(), e);
        }
    }

    /** Somebody else may take the port before the connector does: it ends then, and is started again with another one. */
    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UnavailableException("there is no free port: " + e.getMessage(), e);
        }
    }
}
