package dev.rookery.proxy.cloudflare;

import dev.rookery.proxy.cloudflare.CloudflareStatus.State;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** A program that wants something of Cloudflare, and can be killed at any moment. */
final class OutboxProgram {

    private OutboxProgram() {}

    /** Takes the outbox's folder and the address of the API. */
    public static void main(String[] arguments) {
        var url = URI.create(arguments[1]);
        try (var outbox = CloudflareOutbox.builder(Path.of(arguments[0]), "test")
                .secrets(secret -> FakeCloudflare.TOKEN)
                .api(token -> CloudflareApi.builder(token)
                        .baseUrl(url)
                        .callStep(Duration.ZERO)
                        .retryBudget(Duration.ZERO)
                        .build())
                .build()) {
            outbox.want(
                    2,
                    Wanted.main()
                            .tunnel("new.example.net")
                            .ssh("ssh.example.org")
                            .document());
            var status = outbox.sync("main", new SyncOptions(true, java.util.Set.of()));
            System.exit(status.state() == State.DONE ? 0 : 3);
        }
    }
}
