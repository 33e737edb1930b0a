package dev.rookery.proxy.cloudflare;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.internal.cloudflare.Entries;
import dev.rookery.proxy.internal.cloudflare.OutboxRun;
import dev.rookery.proxy.internal.cloudflare.OutboxRun.Access;
import dev.rookery.proxy.internal.cloudflare.Secrets;
import dev.rookery.proxy.internal.cloudflare.Sync;
import dev.rookery.proxy.route.SecretRef;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import okhttp3.OkHttpClient;

/** Builds a {@link CloudflareOutbox}. Not thread-safe. */
public final class CloudflareOutboxBuilder {

    private static final Duration CONNECTORS_STEP = Duration.ofSeconds(1);

    private final Path folder;
    private final String instance;
    private final OkHttpClient client = new OkHttpClient();
    private Function<SecretRef, String> secrets = Secrets::read;
    private Function<String, CloudflareApi> apis =
            token -> CloudflareApi.builder(token).client(client).build();
    private Clock clock = Clock.systemUTC();
    private Duration driftEvery = Duration.ofMinutes(15);
    private boolean repairDrift;
    private Duration connectorLimit = Duration.ofSeconds(30);
    private Consumer<CloudflareStatus> listener = status -> {};

    CloudflareOutboxBuilder(Path folder, String instance) {
        this.folder = requireNonNull(folder, "folder");
        this.instance = requireNonNull(instance, "instance");
        if (!instance.matches("[A-Za-z0-9_-]{1,24}")) {
            throw new InvalidInputException("instance (expected: 1 to 24 letters, digits, underscores and hyphens)");
        }
    }

    /** Sets who reads tokens where bindings say they are. Default: variables of the environment and files. */
    public CloudflareOutboxBuilder secrets(Function<SecretRef, String> secrets) {
        this.secrets = requireNonNull(secrets, "secrets");
        return this;
    }

    /** Sets who makes the API of a token. Default: Cloudflare's own, with one HTTP client for all. */
    public CloudflareOutboxBuilder api(Function<String, CloudflareApi> apis) {
        this.apis = requireNonNull(apis, "apis");
        return this;
    }

    /** Sets the clock. Default: the system's. */
    public CloudflareOutboxBuilder clock(Clock clock) {
        this.clock = requireNonNull(clock, "clock");
        return this;
    }

    /**
     * Sets how often is looked whether somebody else has changed something. Default: 15 minutes; zero is never. Up to a fifth of it is left out by
     * chance, so that many programs do not look together.
     */
    public CloudflareOutboxBuilder driftEvery(Duration driftEvery) {
        this.driftEvery = requireNotNegative(driftEvery, "driftEvery");
        return this;
    }

    /** Sets whether what others have changed of ours is changed back without being asked. Default: false. */
    public CloudflareOutboxBuilder repairDrift(boolean repairDrift) {
        this.repairDrift = repairDrift;
        return this;
    }

    /** Sets how long connectors may take until they go by new rules, before records follow all the same. Default: 30 s. */
    public CloudflareOutboxBuilder connectorLimit(Duration connectorLimit) {
        this.connectorLimit = requireNotNegative(connectorLimit, "connectorLimit");
        return this;
    }

    /** Sets who is told of every change of a state, on the thread that changes it. Default: nobody. */
    public CloudflareOutboxBuilder listener(Consumer<CloudflareStatus> listener) {
        this.listener = requireNonNull(listener, "listener");
        return this;
    }

    /** Returns the outbox, with what its folder holds. Asks nobody. */
    public CloudflareOutbox build() {
        var tokens = secrets;
        var api = apis;
        var entries = new Entries(folder);
        var parts = new OutboxRun.Parts(
                instance,
                wish -> {
                    var token = tokens.apply(wish.binding().token());
                    return new Access(api.apply(token), Secrets.print(token));
                },
                clock,
                new OutboxRun.Drift(driftEvery, repairDrift),
                new Sync.Waiting(connectorLimit, CONNECTORS_STEP, CloudflareOutboxBuilder::sleep),
                listener);
        return new CloudflareOutbox(entries, new OutboxRun(entries, parts));
    }

    private static void sleep(Duration pause) {
        try {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration requireNotNegative(Duration given, String what) {
        if (given.isNegative()) {
            throw new InvalidInputException(what + ": " + given + " (expected: >= 0)");
        }
        return given;
    }
}
