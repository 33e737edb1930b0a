package dev.rookery.examples.panel.proxy;

import dev.rookery.api.RookeryException;
import dev.rookery.kit.NamedThreads;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.proxy.DocumentJson;
import dev.rookery.proxy.EngineFeatures;
import dev.rookery.proxy.ProxyService;
import dev.rookery.proxy.apply.ProxyEngine;
import dev.rookery.proxy.apply.ProxyEvent;
import dev.rookery.proxy.cloudflare.CloudflareApi;
import dev.rookery.proxy.cloudflare.CloudflareOutbox;
import dev.rookery.proxy.cloudflare.CloudflareStatus;
import dev.rookery.proxy.cloudflare.CloudflareSync;
import dev.rookery.proxy.route.CloudflareBinding;
import dev.rookery.proxy.store.RevisionArchive;
import dev.rookery.proxy.store.RouteStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The proxy before the servers: routes, the engine that runs them, Cloudflare behind it, and servers' domains. Thread-safe. */
public final class PanelProxy implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PanelProxy.class);
    private static final long LOOK_SECONDS = 10;
    private static final long CLOSE_SECONDS = 10;
    /** People wait for some calls, and the outbox has pauses of its own. */
    private static final Duration RETRY_BUDGET = Duration.ofSeconds(8);

    private final ProxyOptions options;
    private final Clock clock;
    private final RouteStore store;
    private final ProxyEngine engine;
    private final BindingTokens tokens;
    private final OkHttpClient client = new OkHttpClient();
    private final CloudflareOutbox cloudflare;
    private final ProxyService service;
    private final ServerDomains domains;
    private final TunnelConnectors connectors;
    private final TunnelHealth tunnels;
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, NamedThreads.platform("panel-proxy"));

    /**
     * Puts it together. The engine's program is asked what it can do; nothing else is asked or changed before {@link #start}.
     *
     * @param options what was chosen
     * @param store of the routes; closed with this
     * @param archive where copies of revisions go; empty is nowhere
     * @param servers the panel's
     * @param clock the present time
     */
    public PanelProxy(
            ProxyOptions options,
            RouteStore store,
            Optional<RevisionArchive> archive,
            PanelStore servers,
            Clock clock) {
        this.options = options;
        this.clock = clock;
        this.store = store;
        this.engine = options.engine().open(options.folder().resolve("engine"));
        this.tokens = new BindingTokens(options.folder().resolve("secrets"));
        this.cloudflare = CloudflareOutbox.builder(options.folder().resolve("cloudflare"), options.instance())
                .secrets(tokens::read)
                .api(this::api)
                .clock(clock)
                .build();
        var builder = ProxyService.builder(store, engine)
                .cloud(new CloudflareSync(cloudflare))
                .clock(clock);
        archive.ifPresent(builder::archive);
        options.engine().certificates().ifPresent(builder::certificates);
        this.service = builder.build();
        service.addListener(PanelProxy::note);
        this.connectors = new TunnelConnectors(
                options.connectors(),
                options.folder().resolve("connectors"),
                () -> service.head().document().cloudflare(),
                this::api,
                clock);
        this.tunnels = new TunnelHealth(connectors::state, this::api, clock);
        this.domains = new ServerDomains(servers, service, cloudflare, tunnels, options.offered());
    }

    /** Brings engine, Cloudflare, domains and connectors to what is saved, in the background, and keeps them there. */
    public void start() {
        service.start();
        connectors.open();
        thread.scheduleWithFixedDelay(this::look, 0, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /** Returns the routes and all that is done with them. */
    public ProxyService service() {
        return service;
    }

    /** Returns what the engine's program can do. */
    public EngineFeatures features() {
        return engine.features();
    }

    /** Returns how far Cloudflare is. */
    public CloudflareOutbox cloudflare() {
        return cloudflare;
    }

    /** Returns the tokens of Cloudflare. */
    public BindingTokens tokens() {
        return tokens;
    }

    /** Returns the way to Cloudflare with the token of a binding. Asks nothing. */
    public CloudflareApi api(CloudflareBinding binding) {
        return api(tokens.read(binding.token()));
    }

    /** Returns the connectors of tunnels. */
    public TunnelConnectors connectors() {
        return connectors;
    }

    /** Returns the domains of servers. */
    public ServerDomains domains() {
        return domains;
    }

    /** Returns what was chosen when the panel was started. */
    public ProxyOptions options() {
        return options;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("What follows servers does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connectors.close();
        domains.close();
        tunnels.close();
        service.close();
        cloudflare.close();
        engine.close();
        store.close();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    /** What nobody looks at until it is too late. */
    private static void note(ProxyEvent event) {
        if (event instanceof ProxyEvent.CertificateExpiring ending) {
            LOG.warn(
                    "The certificate of {} in {} ends at {}: {}",
                    ending.names(),
                    ending.file(),
                    ending.expires(),
                    ending.said().isEmpty() ? "nobody here has renewed it yet" : ending.said());
        }
    }

    /** Another panel may have saved a revision, deleted a server or moved it. */
    void look() {
        look("Domains cannot follow their servers", domains::converge);
        look("Tokens that nobody needs any more cannot be forgotten", this::forgetTokens);
        look("The proxy cannot be brought to what is saved", () -> {
            var state = service.state();
            if (state.engine().tried() < state.saved().number()) {
                service.apply();
            }
        });
    }

    private static void look(String failure, Runnable step) {
        try {
            step.run();
        } catch (RookeryException e) {
            LOG.warn("{}: {}", failure, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error(failure, e);
        }
    }

    /** A binding that was removed needs its token until what it had at Cloudflare is gone. */
    private void forgetTokens() {
        var document = service.head().document();
        var bindings = Stream.concat(
                        document.cloudflare().stream().map(CloudflareBinding::id),
                        cloudflare.states().stream().map(CloudflareStatus::binding))
                .collect(Collectors.toSet());
        tokens.sweep(
                (binding, file) -> bindings.contains(binding)
                        || new String(DocumentJson.write(document), StandardCharsets.UTF_8).contains(file.toString()),
                clock.instant());
    }

    private CloudflareApi api(String token) {
        return CloudflareApi.builder(token)
                .baseUrl(options.cloudflareApi())
                .retryBudget(RETRY_BUDGET)
                .client(client)
                .build();
    }
}
