package dev.rookery.proxy.cloudflare;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** The real cloudflared of this machine, with a tunnel of nobody and an edge that it does not reach. */
final class RealCloudflared {

    /** The token of the tunnel, in Cloudflare's form. */
    static final String TOKEN = encoded(("{\"a\":\"" + FakeCloudflare.ACCOUNT
                    + "\",\"t\":\"6ff42ae2-765d-4adf-8112-31c55c1551ef\",\"s\":\"" + encoded(new byte[32]) + "\"}")
            .getBytes(StandardCharsets.UTF_8));

    private RealCloudflared() {}

    static CloudflaredOptions options(Path own, int port) {
        return new CloudflaredOptions(
                Path.of(System.getenv("ROOKERY_CLOUDFLARED")),
                own,
                "127.0.0.1:" + port,
                List.of("--edge", "127.0.0.1:1"),
                Duration.ofSeconds(35));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
