package dev.rookery.examples.panel.cli;

import dev.rookery.api.InvalidInputException;
import dev.rookery.examples.panel.proxy.ConnectorChoice;
import dev.rookery.examples.panel.proxy.ContainerEngine;
import dev.rookery.examples.panel.proxy.ProxyOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What connects tunnels, and where Cloudflare is asked. */
final class CloudflareArguments {

    @Option(
            names = "--cloudflared",
            paramLabel = "FILE",
            description = "the program that connects tunnels (default: somebody else runs it)")
    private @Nullable Path program;

    @Option(
            names = "--cloudflared-image",
            arity = "0..1",
            fallbackValue = "cloudflare/cloudflared:2026.8.2",
            paramLabel = "IMAGE",
            description = {
                "has containers connect tunnels, in place of a program (without IMAGE: ${FALLBACK-VALUE});",
                "they go on running when the panel ends"
            })
    private @Nullable String image;

    @Option(
            names = "--cloudflared-network",
            paramLabel = "NAME",
            description = "the containers' network (default: ${DEFAULT-VALUE}, the machine's own)",
            defaultValue = "host")
    private String network = "host";

    @Option(
            names = "--cloudflared-engine",
            paramLabel = "ADDRESS",
            description = "the containers' engine (default: ${DEFAULT-VALUE})",
            defaultValue = "unix:///var/run/docker.sock")
    private String engine = "unix:///var/run/docker.sock";

    @Option(
            names = "--cloudflare-api",
            paramLabel = "URL",
            hidden = true,
            description = "where Cloudflare is asked; tokens are sent there (default: Cloudflare's own address)")
    private @Nullable URI api;

    /** Created by picocli. */
    CloudflareArguments() {}

    /** Returns where Cloudflare is asked. */
    URI api() {
        return Optional.ofNullable(api).orElse(ProxyOptions.CLOUDFLARE);
    }

    /**
     * Returns how tunnels are connected; empty if somebody else does so.
     *
     * @throws InvalidInputException if both ways are chosen
     */
    Optional<ConnectorChoice> connectors() {
        if (image != null && program != null) {
            throw new InvalidInputException(
                    "--cloudflared and --cloudflared-image: both (expected: a program or an image)");
        }
        return image == null
                ? Optional.ofNullable(program).map(ConnectorChoice.Processes::new)
                : Optional.of(new ConnectorChoice.Containers(new ContainerEngine(engine), image, network, List.of()));
    }
}
