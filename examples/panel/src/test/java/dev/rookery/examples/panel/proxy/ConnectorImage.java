package dev.rookery.examples.panel.proxy;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.model.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Images of connectors for tests, on the machine's engine. */
final class ConnectorImage {

    static final ContainerEngine ENGINE = new ContainerEngine(
            Optional.ofNullable(System.getenv("DOCKER_HOST")).orElse("unix:///var/run/docker.sock"));

    /** Says that it is ready unless its token has "never" in it; ends by itself if it has "ends". */
    private static final String SCRIPT = """
            #!/bin/sh
            while [ $# -gt 0 ]; do
                [ "$1" = --metrics ] && address="$2"
                shift
            done
            token="$(cat "$TUNNEL_TOKEN_FILE")" || exit 9
            case "$token" in *ends*) exit 3 ;; esac
            mkdir -p /tmp/www
            case "$token" in
                *never*) echo '{"status":503,"readyConnections":0}' >/tmp/www/ready ;;
                *) echo '{"status":200,"readyConnections":4}' >/tmp/www/ready ;;
            esac
            echo '{"version":7}' >/tmp/www/config
            trap 'kill $server; exit 0' TERM
            httpd -f -p "$address" -h /tmp/www &
            server=$!
            wait $server
            """;

    private ConnectorImage() {}

    /** Makes one whose connector is a script; returns its name. */
    static String scripted(Path folder) throws IOException {
        Files.writeString(folder.resolve("connector"), SCRIPT);
        executable(folder.resolve("connector"));
        Files.writeString(
                folder.resolve("Dockerfile"),
                "FROM rookery/test:1\nCOPY connector /connector\nENTRYPOINT [\"/connector\"]\n");
        return built(folder, "rookery/connector-test:1");
    }

    /** Makes one of the real program, and nothing else; returns its name. */
    static String real(Path folder, Path program) throws IOException {
        Files.copy(program, folder.resolve("cloudflared"));
        executable(folder.resolve("cloudflared"));
        Files.writeString(
                folder.resolve("Dockerfile"),
                "FROM scratch\nCOPY cloudflared /cloudflared\nENTRYPOINT [\"/cloudflared\", \"--no-autoupdate\"]\n");
        return built(folder, "rookery/cloudflared-test:1");
    }

    /** Returns the containers of a tunnel's connectors, whether they run or not. */
    static List<Container> containers(Path tunnel) {
        if (!Files.exists(tunnel.resolve("identity"))) {
            return List.of();
        }
        return ENGINE.ask(
                "list",
                client -> client.listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(Map.of("dev.rookery.connector", identity(tunnel)))
                        .exec());
    }

    /** Returns all that the engine says of a container. */
    static String inspected(String id) {
        return ENGINE.ask("inspect", client -> {
            var found = client.inspectContainerCmd(id).exec();
            return found.getRawValues() + " " + found.getConfig() + " " + found.getHostConfig() + " " + found.getPath()
                    + " " + List.of(found.getArgs());
        });
    }

    static void remove(Path tunnel) {
        if (Files.exists(tunnel.resolve("identity"))) {
            containers(tunnel).forEach(one -> ENGINE.ask("remove", client -> removed(client, one.getId())));
        }
    }

    private static String removed(DockerClient client, String id) {
        client.removeContainerCmd(id).withForce(true).exec();
        return id;
    }

    private static String built(Path folder, String name) {
        return ENGINE.ask(
                "build",
                client -> client.buildImageCmd(folder.toFile())
                                .withTags(Set.of(name))
                                .exec(new BuildImageResultCallback())
                                .awaitImageId()
                                .isEmpty()
                        ? ""
                        : name);
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String identity(Path tunnel) {
        try {
            return Files.readString(tunnel.resolve("identity"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
