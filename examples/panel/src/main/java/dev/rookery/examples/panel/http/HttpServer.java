package dev.rookery.examples.panel.http;

import dev.rookery.examples.panel.PanelApplication;
import dev.rookery.examples.panel.Trash;
import dev.rookery.examples.panel.proxy.PanelProxy;
import dev.rookery.proxy.ProxyService;
import dev.rookery.proxy.apply.ProxyListener;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.json.JavalinJackson;
import io.javalin.router.ParsedEndpoint;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The panel's HTTP server: the UI, its API, and the routes that nodes call. */
public final class HttpServer implements AutoCloseable {

    private static final long BODY_LIMIT_BYTES = 8L * 1024 * 1024;

    private final EventsApi events;
    private final Optional<ProxyService> proxy;
    private final ProxyListener proxyNews;
    private final ConsoleSocket consoles;
    private final Javalin javalin;

    private HttpServer(InetSocketAddress address, PanelApplication panel) {
        var access = new ServerAccess(panel.service(), panel.rights(), panel.clock());
        var guard = new Guard(panel.accounts(), access, panel.random());
        events = new EventsApi(panel.service(), panel.accounts(), panel.rights());
        proxyNews = event -> events.proxyChanged();
        consoles = new ConsoleSocket(panel.relay(), access);
        panel.people().revocation().onChange(events::changed);
        proxy = panel.proxy().map(PanelProxy::service);
        proxy.ifPresent(service -> service.addListener(proxyNews));
        var apis = apis(panel, guard, access);
        javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.http.maxRequestSize = BODY_LIMIT_BYTES;
            config.http.defaultContentType = "application/json";
            config.jetty.host = address.getHostString();
            config.jetty.port = address.getPort();
            config.jsonMapper(new JavalinJackson(Bodies.MAPPER, false));
            if (StaticSite.present()) {
                StaticSite.register(config);
            }
            var routes = config.routes;
            routes.before(request -> {
                guard.correlate(request);
                StaticSite.secure(request);
            });
            routes.beforeMatched(guard::admit);
            routes.after(request -> Guard.release());
            routes.get("/api/health", request -> request.json(Map.of("status", "ok")), Access.PUBLIC);
            apis.forEach(api -> api.accept(routes));
            Failures.register(routes);
            routes.error(404, HttpServer::unknownPath);
        });
    }

    /**
     * Starts the server.
     *
     * @param address where to listen; port 0 takes a free one
     * @param panel what is served
     */
    public static HttpServer start(InetSocketAddress address, PanelApplication panel) {
        var server = new HttpServer(address, panel);
        server.javalin.start();
        return server;
    }

    private List<Consumer<RoutesConfig>> apis(PanelApplication panel, Guard guard, ServerAccess access) {
        var service = panel.service();
        var people = panel.people();
        var transfers = new Transfers();
        return List.of(
                new SessionApi(panel.accounts(), guard, panel.secure())::register,
                new ServerApi(service, access, panel.rights())::register,
                new ScheduleApi(panel.schedules(), access, panel.clock())::register,
                new SubuserApi(people, access)::register,
                new StartupApi(service, access)::register,
                routes -> files(panel, access, transfers).forEach(api -> api.accept(routes)),
                routes -> ProxyApis.of(panel, access).forEach(api -> api.accept(routes)),
                new BackupApi(
                        service,
                        panel.backups(),
                        panel.offers(),
                        panel.directAddresses(),
                        access,
                        transfers,
                        panel.clock())::register,
                new UserApi(people, panel.accounts())::register,
                new AccountApi(people, panel.accounts(), panel.sshKeys(), panel.clock())::register,
                new NewServerApi(service, panel.accountStore())::register,
                new NodeApi(service, panel.nodes())::register,
                new EggApi(service, panel.eggs())::register,
                new EggExportApi(service)::register,
                consoles::register,
                new RemoteApi(panel.endpoint())::register,
                events::register);
    }

    private static List<Consumer<RoutesConfig>> files(
            PanelApplication panel, ServerAccess access, Transfers transfers) {
        var files = new ServerFileAccess(panel.service(), access, panel.offers(), panel.clock());
        return List.of(
                new FileApi(files)::register,
                new FileContentApi(files, access, panel.directAddresses(), transfers)::register,
                new FileTextApi(files, access)::register,
                new FileWorkApi(files)::register,
                new ArchiveApi(files, transfers)::register,
                new ContentSearchApi(files)::register,
                new FileUploadApi(files, transfers)::register,
                new TrashApi(files, new Trash(panel.clock(), panel.random()))::register);
    }

    /** Returns the port the server listens on. */
    public int port() {
        return javalin.port();
    }

    /** Returns every route there is. */
    List<ParsedEndpoint> handlers() {
        return javalin.unsafe.internalRouter.allHttpHandlers();
    }

    @Override
    public void close() {
        proxy.ifPresent(service -> service.removeListener(proxyNews));
        events.close();
        consoles.close();
        javalin.stop();
    }

    /** Says what is not there, unless a route has said it; outside the API the UI does, which knows its own paths. */
    private static void unknownPath(Context request) {
        if (!request.path().startsWith("/api/")) {
            StaticSite.startPage(request);
        } else if (request.result() == null) {
            Failures.answer(request, new ApiError(404, "not_found", "There is nothing at " + request.path() + "."));
        }
    }
}
