package dev.rookery.examples.panel.proxy;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.rookery.api.UnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;

/**
 * The engine that connectors' containers run in. Keeps no connection: it is asked every few seconds at most.
 *
 * @param address where it listens, such as {@code unix:///var/run/docker.sock}
 */
public record ContainerEngine(String address) {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    /** Longer than a connector may take to stop. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    /** What engines of Debian 12 speak at most, and those of today still do; nothing newer is needed. */
    private static final int NEWEST_MINOR = 45;

    /**
     * Asks it for something.
     *
     * @param what for people, such as "start the connector"
     * @throws UnavailableException if it does not answer, or refuses
     */
    <T> T ask(String what, Function<DockerClient, T> question) {
        try (var transport = transport();
                var client = client(transport)) {
            return question.apply(client);
        } catch (DockerException | DockerClientException e) {
            throw new UnavailableException("the container engine does not " + what + ": " + text(e), e);
        } catch (IOException | RuntimeException e) {
            if (e instanceof UnavailableException known) {
                throw known;
            }
            throw new UnavailableException(
                    "no container engine answers at " + address + " (expected: one that this user may use): "
                            + e.getMessage(),
                    e);
        }
    }

    private DockerClient client(DockerHttpClient transport) {
        var version = DockerClientImpl.getInstance(config(""), transport)
                .versionCmd()
                .exec()
                .getApiVersion();
        int minor = Integer.parseInt(version.substring(version.indexOf('.') + 1));
        return DockerClientImpl.getInstance(config("1." + Math.min(minor, NEWEST_MINOR)), transport);
    }

    private DefaultDockerClientConfig config(String version) {
        var config = DefaultDockerClientConfig.createDefaultConfigBuilder().withDockerHost(address);
        return (version.isEmpty() ? config : config.withApiVersion(version)).build();
    }

    private DockerHttpClient transport() {
        var config = config("");
        return new ZerodepDockerHttpClient.Builder()
                .dockerHost(config.getDockerHost())
                .sslConfig(config.getSSLConfig())
                .connectionTimeout(CONNECT_TIMEOUT)
                .responseTimeout(ANSWER_TIMEOUT)
                .build();
    }

    /** The engine answers {@code {"message":"..."}}; people want the message only. */
    private static String text(RuntimeException e) {
        var message = String.valueOf(e.getMessage());
        int begin = message.indexOf("\"message\":\"");
        int end = message.lastIndexOf("\"}");
        return begin >= 0 && end > begin ? message.substring(begin + 11, end) : message;
    }
}
