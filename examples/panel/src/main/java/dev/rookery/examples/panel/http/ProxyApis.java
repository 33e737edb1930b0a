package dev.rookery.examples.panel.http;

import dev.rookery.examples.panel.PanelApplication;
import io.javalin.config.RoutesConfig;
import java.util.List;
import java.util.function.Consumer;

/** All that is asked of the panel's proxy. Without a proxy each of these says so. */
final class ProxyApis {

    private ProxyApis() {}

    static List<Consumer<RoutesConfig>> of(PanelApplication panel, ServerAccess servers) {
        var access = new ProxyAccess(panel.proxy());
        var writes = new ProxyWrites(access);
        var passwords = new RoutePasswords(panel.random());
        return List.of(
                new ProxyApi(access, writes, passwords)::register,
                new ProxyHistoryApi(access, writes)::register,
                new ProxyImportApi(access, writes)::register,
                new RouteApi<>(RouteKind.HTTP, access, writes, passwords)::register,
                new RouteApi<>(RouteKind.L4, access, writes, passwords)::register,
                new RawApi(access, writes)::register,
                new PluginApi(access, writes)::register,
                new BindingApi(access, writes)::register,
                new BindingActionApi(access)::register,
                new DomainApi(access, servers)::register);
    }
}
