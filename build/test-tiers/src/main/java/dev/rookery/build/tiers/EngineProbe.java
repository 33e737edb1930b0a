package dev.rookery.build.tiers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the container engine whether it is there. */
final class EngineProbe {
    private static final String DEFAULT_HOST = "unix:///var/run/docker.sock";
    private static final byte[] PING =
            "GET /_ping HTTP/1.0\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final long PATIENCE_SECONDS = 10;

    private EngineProbe() {}

    /** Says why no engine can be used, or nothing when one answers. */
    static Optional<String> missing() {
        String host = Optional.ofNullable(System.getenv("DOCKER_HOST"))
                .filter(value -> !value.isBlank())
                .orElse(DEFAULT_HOST);
        return missing(host);
    }

    static Optional<String> missing(String host) {
        // On a thread of its own: a socket that accepts and then says nothing must not hold up the build.
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread probe = new Thread(
                () -> {
                    try {
                        answer.complete(ping(address(host)));
                    } catch (IOException | RuntimeException e) {
                        answer.completeExceptionally(e);
                    }
                },
                "engine-probe");
        probe.setDaemon(true);
        probe.start();
        try {
            String firstLine = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return firstLine.contains(" 200 ")
                    ? Optional.empty()
                    : Optional.of("the container engine at " + host + " answers " + firstLine);
        } catch (ExecutionException e) {
            return Optional.of(
                    "no container engine at " + host + " (" + Objects.toString(e.getCause(), "no reason given") + ")");
        } catch (TimeoutException e) {
            return Optional.of("the container engine at " + host + " does not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted while asking the container engine at " + host);
        } finally {
            probe.interrupt();
        }
    }

    private static SocketAddress address(String host) {
        URI uri = URI.create(host);
        return switch (String.valueOf(uri.getScheme())) {
            case "unix" -> UnixDomainSocketAddress.of(uri.getPath());
            case "tcp", "http" -> new InetSocketAddress(uri.getHost(), uri.getPort());
            default -> throw new IllegalArgumentException("DOCKER_HOST: " + host + " (expected: unix:// or tcp://)");
        };
    }

    private static String ping(SocketAddress address) throws IOException {
        try (SocketChannel channel = address instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open()) {
            channel.connect(address);
            channel.write(ByteBuffer.wrap(PING));
            ByteBuffer answer = ByteBuffer.allocate(256);
            while (answer.hasRemaining() && channel.read(answer) >= 0) {
                // Until the engine closes: HTTP/1.0 has no other end.
            }
            return StandardCharsets.US_ASCII
                    .decode(answer.flip())
                    .toString()
                    .lines()
                    .findFirst()
                    .orElse("nothing");
        }
    }
}
