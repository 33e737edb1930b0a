package dev.rookery.proxy.internal.nginx;

import dev.rookery.proxy.internal.order.Listener;
import dev.rookery.proxy.route.Compression;
import dev.rookery.proxy.route.ErrorPage;
import dev.rookery.proxy.route.HeaderOps;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.RawOverride;
import dev.rookery.proxy.route.RedirectTo;
import dev.rookery.proxy.route.Reject;
import dev.rookery.proxy.route.Respond;
import dev.rookery.proxy.route.ServeFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One route within a server: who may come, then what is changed, then what is done. What answers by itself does so in a place of its own, to which
 * nginx comes only after it has asked who may pass: in the first place it would answer before.
 */
final class NginxRoute {

    /** What nginx makes errors of by itself, and what services for log-ins answer. */
    private static final Map<Integer, String[]> CLASSES = Map.of(
            4,
            new String[] {
                "400", "401", "403", "404", "405", "408", "409", "410", "411", "412", "413", "414", "415", "416", "421",
                "429"
            },
            5,
            new String[] {"500", "501", "502", "503", "504", "505", "507"});

    private final NginxScope scope;
    private final HttpRoute route;
    private final Listener listener;

    NginxRoute(NginxScope scope, HttpRoute route, Listener listener) {
        this.scope = scope;
        this.route = route;
        this.listener = listener;
    }

    void add(Block server) {
        var access = new NginxAccess(scope, route, listener);
        if (route.paths().isEmpty()) {
            whole(server.block("location", Word.own("/")), access);
        } else {
            for (var expression : NginxPaths.expressions(route.paths())) {
                whole(server.block("location", Word.own("~*"), Word.regex(expression)), access);
            }
        }
        access.places(server);
        if (answers() && access.waits()) {
            var place = server.block("location", Word.own(place("answer")));
            headers(place);
            answer(place);
        }
        if (route.action() instanceof ServeFiles files && files.fallback()) {
            NginxFiles.fallback(server.block("location", Word.own(place("index"))), files);
        }
        for (var page : route.errorPages()) {
            var place = server.block("location", Word.own(place("error" + page.status())));
            type(place, page.contentType());
            // The status is that of the error.
            place.line("return", Word.own("200"), scope.texts().word(page.body()));
        }
    }

    private void whole(Block location, NginxAccess access) {
        fill(location, access);
        scope.pieces(location, RawOverride.Point.ROUTE, route.id());
        if (!answers()) {
            NginxRewrite.end(location, route.rewrite());
        }
    }

    private void fill(Block location, NginxAccess access) {
        log(location);
        pages(location);
        access.add(location);
        if (answers() && access.waits()) {
            location.line("root", "/nonexistent");
            location.line("try_files", "/nothing", place("answer"));
            return;
        }
        headers(location);
        if (answers()) {
            answer(location);
            return;
        }
        route.bodyLimitBytes().ifPresent(limit -> location.line("client_max_body_size", String.valueOf(limit)));
        compression(location);
        if (route.action() instanceof ProxyTo proxy) {
            new NginxProxy(scope, route, proxy, listener).add(location);
        } else {
            new NginxRewrite(scope.texts()).add(location, route.rewrite());
            NginxFiles.add(location, (ServeFiles) route.action(), place("index"));
        }
    }

    private String place(String what) {
        return "@" + NginxScope.name(route.id(), what);
    }

    private boolean answers() {
        return !(route.action() instanceof ProxyTo) && !(route.action() instanceof ServeFiles);
    }

    private void answer(Block place) {
        if (route.action() instanceof RedirectTo redirect) {
            var to = redirect.keepPath()
                    ? scope.texts().word(redirect.to(), "$request_uri")
                    : scope.texts().word(redirect.to());
            place.line("return", Word.own(String.valueOf(redirect.status())), to);
        } else if (route.action() instanceof Respond respond) {
            var type = respond.headers().entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase("content-type"))
                    .map(Map.Entry::getValue)
                    .findFirst();
            type(place, type.orElse(respond.contentType()));
            respond.headers().forEach((header, value) -> {
                if (!header.equalsIgnoreCase("content-type")) {
                    header(place, header, value, false);
                }
            });
            place.line(
                    "return",
                    Word.own(String.valueOf(respond.status())),
                    scope.texts().word(respond.body()));
        } else if (route.action() instanceof Reject reject) {
            // 444 is nginx's word for no answer at all.
            place.line("return", String.valueOf(reject.status().orElse(444)));
        }
    }

    /** Says what something is, whatever the path's end would say. */
    private void type(Block place, String type) {
        place.block("types");
        place.line("default_type", scope.texts().word(type));
    }

    private void log(Block location) {
        if (route.accessLog().enabled()) {
            location.line("access_log", Word.plain(route.accessLog().file().orElse("access.log")), Word.own("rookery"));
        }
    }

    private void pages(Block location) {
        for (ErrorPage page : route.errorPages()) {
            var to = place("error" + page.status());
            var codes = CLASSES.getOrDefault(page.status(), new String[] {String.valueOf(page.status())});
            var words = new ArrayList<>(List.of(codes));
            // A page of its own wins over that of its class.
            words.removeIf(code -> page.status() < 10
                    && route.errorPages().stream().anyMatch(other -> code.equals(String.valueOf(other.status()))));
            words.add(to);
            if (words.size() > 1) {
                location.line("error_page", words.toArray(String[]::new));
            }
        }
    }

    private void headers(Block location) {
        HeaderOps ops = route.headersDown();
        if (route.action() instanceof ProxyTo) {
            ops.delete().forEach(header -> location.line("proxy_hide_header", Word.regex(header)));
            ops.set().keySet().forEach(header -> location.line("proxy_hide_header", Word.regex(header)));
        }
        ops.set().forEach((header, value) -> header(location, header, value, ops.template()));
        ops.add().forEach((header, value) -> header(location, header, value, ops.template()));
    }

    private void header(Block location, String header, String value, boolean template) {
        var word = template
                ? NginxTemplates.word(scope.texts(), value)
                : scope.texts().word(value);
        location.line("add_header", Word.regex(header), word, Word.own("always"));
    }

    private void compression(Block location) {
        Compression compression = route.compression().orElse(scope.settings().compression());
        if (compression.encodings().contains("gzip")) {
            location.line("gzip", "on");
            location.line("gzip_vary", "on");
            location.line("gzip_proxied", "any");
            location.line("gzip_min_length", String.valueOf(compression.minimumBytes()));
            location.line("gzip_types", NginxTypes.TEXTS);
        }
    }
}
