package dev.rookery.proxy.internal.check;

import dev.rookery.kit.net.AddressBlock;
import dev.rookery.proxy.internal.name.PathPattern;
import dev.rookery.proxy.internal.name.Shown;
import dev.rookery.proxy.route.Auth;
import dev.rookery.proxy.route.BasicAuth;
import dev.rookery.proxy.route.ErrorPage;
import dev.rookery.proxy.route.ForwardAuth;
import dev.rookery.proxy.route.HeaderOps;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.PathMatch;
import dev.rookery.proxy.route.PortalAuth;
import dev.rookery.proxy.route.RateLimit;
import dev.rookery.proxy.route.Rewrite;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** Checks what stands around an action: matchers, headers, rules for who may pass, limits and pages. */
final class RouteTextCheck {

    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$1[0-4]\\$[./A-Za-z0-9]{53}");
    private static final Pattern ARGON2 = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=\\d{1,7},t=\\d{1,3},p=\\d{1,3}\\$[A-Za-z0-9+/]{8,100}\\$[A-Za-z0-9+/]{8,150}");
    private static final Pattern USER = Pattern.compile("[^:{}\\p{Cntrl}]{1,128}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

    private RouteTextCheck() {}

    static void check(Findings found, HttpRoute route, Scope scope) {
        paths(found, route.paths());
        matchers(found.at("match"), route);
        rewrite(found.at("rewrite"), route.rewrite());
        headers(found.at("headersUp"), route.headersUp());
        headers(found.at("headersDown"), route.headersDown());
        for (int i = 0; i < route.auth().size(); i++) {
            auth(found.at("auth", i), route.auth().get(i), scope);
        }
        found.at("cache")
                .require(
                        route.cache().isEmpty() || route.auth().isEmpty(),
                        "CACHE_WITH_LOGIN",
                        "a cache behind a log-in, which would show to one what another was answered"
                                + " (expected: one of both; another route for paths that are the same for all)");
        access(found, route);
        limits(found, route.rateLimits());
        pages(found, route);
    }

    static void paths(Findings found, List<PathMatch> paths) {
        for (int i = 0; i < paths.size(); i++) {
            var path = paths.get(i);
            var place = found.at("paths", i).at("value");
            if (path.kind() == PathMatch.Kind.REGEX) {
                place.read("REGEX_INVALID", () -> PathPattern.parse(path.value()));
            } else {
                Texts.path(place, "PATH", path.value());
                place.require(
                        path.value().indexOf('*') < 0 && path.value().indexOf('?') < 0,
                        "PATH",
                        "path '" + Shown.of(path.value())
                                + "' (expected: no '*' and '?'; kind 'prefix' for all below)");
            }
        }
    }

    private static void matchers(Findings found, HttpRoute route) {
        for (int i = 0; i < route.match().methods().size(); i++) {
            ProxyCheck.method(found.at("methods", i), route.match().methods().get(i));
        }
        route.match().headers().forEach((name, value) -> {
            var place = found.at("headers").at(name);
            place.require(
                    NAME.matcher(name).matches(),
                    "HEADER_NAME",
                    "header '" + Shown.of(name) + "' (expected: letters, digits and hyphens)");
            Texts.headerValue(place, value, false);
            place.require(
                    value.equals("*") || !(value.startsWith("*") || value.endsWith("*")),
                    "HEADER_MATCH",
                    "value '" + Shown.of(value) + "' (expected: the whole value, or only '*' for any)");
        });
        route.match().query().forEach((name, value) -> {
            Texts.line(found.at("query").at(name), "QUERY", name, 256);
            Texts.line(found.at("query").at(name), "QUERY", value, 2048);
        });
    }

    private static void rewrite(Findings found, Rewrite rewrite) {
        rewrite.stripPrefix().ifPresent(path -> Texts.path(found.at("stripPrefix"), "REWRITE", path));
        rewrite.addPrefix().ifPresent(path -> Texts.path(found.at("addPrefix"), "REWRITE", path));
        rewrite.path().ifPresent(path -> Texts.path(found.at("path"), "REWRITE", path));
        rewrite.method().ifPresent(method -> ProxyCheck.method(found.at("method"), method));
    }

    private static void headers(Findings found, HeaderOps ops) {
        ops.set().forEach((name, value) -> header(found.at("set").at(name), name, value, ops.template()));
        ops.add().forEach((name, value) -> header(found.at("add").at(name), name, value, ops.template()));
        for (int i = 0; i < ops.delete().size(); i++) {
            Texts.headerName(found.at("delete", i), ops.delete().get(i));
        }
        for (int i = 0; i < ops.replace().size(); i++) {
            var replacement = ops.replace().get(i);
            Texts.headerName(found.at("replace", i), replacement.header());
            Texts.headerValue(found.at("replace", i), replacement.search(), false);
            Texts.headerValue(found.at("replace", i), replacement.by(), ops.template());
            found.at("replace", i)
                    .require(
                            !replacement.search().isEmpty(),
                            "HEADER_VALUE",
                            "nothing to search for (expected: a text)");
        }
        once(found, ops);
        if (!ops.template()
                && (ops.set().values().stream().anyMatch(Texts::braces)
                        || ops.add().values().stream().anyMatch(Texts::braces))) {
            found.note("LITERAL_BRACES", "braces are sent as they are; 'template' makes them placeholders");
        }
    }

    /** Engines do such changes in an order of their own. */
    private static void once(Findings found, HeaderOps ops) {
        var names = new ArrayList<>(ops.set().keySet());
        names.addAll(ops.add().keySet());
        names.addAll(ops.delete());
        Texts.once(found, names);
    }

    private static void header(Findings found, String name, String value, boolean template) {
        Texts.headerName(found, name);
        Texts.headerValue(found, value, template);
    }

    private static void auth(Findings found, Auth auth, Scope scope) {
        if (auth instanceof BasicAuth basic) {
            basic(found, basic);
        } else if (auth instanceof ForwardAuth forward) {
            UpstreamCheck.check(found.at("service"), forward.service(), scope);
            Texts.path(found.at("path"), "AUTH", forward.path());
            for (int i = 0; i < forward.copyHeaders().size(); i++) {
                Texts.headerName(
                        found.at("copyHeaders", i), forward.copyHeaders().get(i));
            }
        } else if (auth instanceof PortalAuth portal) {
            found.at("policy")
                    .require(
                            NAME.matcher(portal.policy()).matches(),
                            "AUTH",
                            "policy '" + Shown.of(portal.policy()) + "' (expected: a name)");
            found.require(
                    !scope.settings().security().isEmpty(),
                    "AUTH",
                    "a portal (expected: its configuration in security of the settings)");
        }
    }

    private static void basic(Findings found, BasicAuth basic) {
        Texts.line(found.at("realm"), "AUTH", basic.realm(), 128);
        found.require(!basic.accounts().isEmpty(), "AUTH", "no account (expected: at least one)");
        found.at("accounts")
                .require(
                        basic.accounts().stream()
                                        .map(account -> account.hash().startsWith("$argon2id$"))
                                        .distinct()
                                        .count()
                                <= 1,
                        "AUTH_HASH",
                        "bcrypt and argon2id together (expected: the same for all accounts)");
        var users = new HashSet<String>();
        for (int i = 0; i < basic.accounts().size(); i++) {
            var account = basic.accounts().get(i);
            var place = found.at("accounts", i);
            place.at("user")
                    .require(
                            USER.matcher(account.user()).matches(),
                            "AUTH",
                            "user '" + Shown.of(account.user())
                                    + "' (expected: 1 to 128 signs, no colon and no braces)");
            place.at("user")
                    .require(
                            users.add(account.user()),
                            "AUTH",
                            "user '" + Shown.of(account.user()) + "' is given twice");
            place.at("hash")
                    .require(
                            BCRYPT.matcher(account.hash()).matches()
                                    || ARGON2.matcher(account.hash()).matches(),
                            "AUTH_HASH",
                            "no hash that is known (expected: bcrypt of cost 10 to 14, or argon2id; never the password)");
        }
    }

    private static void access(Findings found, HttpRoute route) {
        route.ipAccess().ifPresent(access -> {
            networks(found.at("ipAccess"), "allow", access.allow());
            networks(found.at("ipAccess"), "deny", access.deny());
            refusal(found.at("ipAccess"), access.status());
        });
        route.geoAccess().ifPresent(access -> {
            countries(found.at("geoAccess"), "allow", access.allow());
            countries(found.at("geoAccess"), "deny", access.deny());
            refusal(found.at("geoAccess"), access.status());
        });
    }

    static void networks(Findings found, String member, List<String> networks) {
        for (int i = 0; i < networks.size(); i++) {
            var text = networks.get(i);
            found.at(member, i).read("NETWORK", () -> AddressBlock.parse(text));
        }
    }

    /** Checks what has to be one address, and no network. */
    static void address(Findings found, String text) {
        found.read("ADDRESS", () -> AddressBlock.parse(text));
        found.require(text.indexOf('/') < 0, "ADDRESS", "'" + Shown.of(text) + "' (expected: one address, no network)");
    }

    private static void countries(Findings found, String member, List<String> countries) {
        for (int i = 0; i < countries.size(); i++) {
            var country = countries.get(i);
            found.at(member, i)
                    .require(
                            COUNTRY.matcher(country).matches(),
                            "COUNTRY",
                            "country '" + Shown.of(country) + "' (expected: two upper case letters)");
        }
    }

    private static void refusal(Findings found, int status) {
        found.at("status")
                .require(status >= 400 && status <= 599, "STATUS", "status " + status + " (expected: 400 to 599)");
    }

    private static void limits(Findings found, List<RateLimit> limits) {
        var zones = new HashSet<String>();
        for (int i = 0; i < limits.size(); i++) {
            var limit = limits.get(i);
            var place = found.at("rateLimits", i);
            place.at("zone")
                    .require(
                            NAME.matcher(limit.zone()).matches(),
                            "RATE_LIMIT",
                            "zone '" + Shown.of(limit.zone()) + "' (expected: letters, digits and hyphens)");
            place.at("zone")
                    .require(
                            zones.add(limit.zone()),
                            "RATE_LIMIT",
                            "zone '" + Shown.of(limit.zone()) + "' is given twice");
            place.at("events")
                    .require(limit.events() >= 1, "RATE_LIMIT", "events " + limit.events() + " (expected: 1 or more)");
            boolean window = limit.window().toSeconds() >= 1 && limit.window().toDays() <= 1;
            place.at("window")
                    .require(window, "RATE_LIMIT", "window " + limit.window() + " (expected: a second to a day)");
            boolean header = limit.key() != RateLimit.Key.HEADER
                    || limit.header()
                            .filter(name -> NAME.matcher(name).matches())
                            .isPresent();
            place.at("header").require(header, "RATE_LIMIT", "no header (expected: the name of one to count by)");
            paths(place, limit.paths());
        }
    }

    private static void pages(Findings found, HttpRoute route) {
        var known = new HashSet<Integer>();
        for (int i = 0; i < route.errorPages().size(); i++) {
            ErrorPage page = route.errorPages().get(i);
            var place = found.at("errorPages", i);
            boolean status = page.status() == 4 || page.status() == 5 || (page.status() >= 400 && page.status() <= 599);
            place.at("status")
                    .require(
                            status,
                            "STATUS",
                            "status " + page.status() + " (expected: 400 to 599, or 4 or 5 for a class)");
            place.at("status")
                    .require(known.add(page.status()), "STATUS", "status " + page.status() + " is given twice");
            Texts.headerValue(place.at("contentType"), page.contentType(), false);
            Texts.body(place.at("body"), page.body());
        }
        route.maintenance().ifPresent(maintenance -> {
            Texts.headerValue(found.at("maintenance").at("contentType"), maintenance.contentType(), false);
            Texts.body(found.at("maintenance").at("body"), maintenance.body());
            networks(found.at("maintenance"), "bypass", maintenance.bypass());
        });
        route.accessLog()
                .file()
                .ifPresent(file -> found.at("accessLog")
                        .require(
                                file.matches("/[A-Za-z0-9_./-]{1,200}") && !file.contains(".."),
                                "LOG_FILE",
                                "file '" + Shown.of(file)
                                        + "' (expected: an absolute path of letters, digits, dots and hyphens)"));
    }
}
