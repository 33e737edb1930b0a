package dev.rookery.wings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.token.NodeCredentials;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Micrometer is optional: without it on the class path everything else works. */
class WithoutMicrometerTest {

    @Test
    void callsANode() throws Exception {
        try (var peer = new Peer();
                var loader = loader()) {
            peer.answers(200, "{\"version\":\"1.2.3\"}");

            var version = loader.loadClass(Caller.class.getName())
                    .getMethod("call", URI.class)
                    .invoke(null, peer.url());

            assertThat(version).isEqualTo("1.2.3");
            assertThatThrownBy(() -> loader.loadClass("io.micrometer.observation.Observation"))
                    .isInstanceOf(ClassNotFoundException.class);
        }
    }

    /** Runs inside of the class loader that has no Micrometer. */
    public static final class Caller {

        private Caller() {}

        /** Makes a call and shows that the builder's methods can be listed, as frameworks do. */
        public static String call(URI url) {
            assertThat(HttpNodeBuilder.class.getMethods()).isNotEmpty();
            return HttpNode.builder(url, NodeCredentials.random(new SecureRandom()))
                    .build()
                    .system()
                    .version();
        }
    }

    private static URLClassLoader loader() throws IOException {
        var path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains("micrometer-"))
                .map(entry -> url(new File(entry)))
                .toArray(URL[]::new);
        return new URLClassLoader(path, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(File file) {
        try {
            return file.toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
