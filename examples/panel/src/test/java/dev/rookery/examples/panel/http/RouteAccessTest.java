package dev.rookery.examples.panel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.rookery.api.permission.Permissions;
import dev.rookery.examples.panel.PanelClient;
import dev.rookery.examples.panel.TestPanel;
import dev.rookery.examples.panel.account.Grants;
import io.javalin.security.Roles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every route there is, and who may use it: a route that nobody has written down here fails the build. */
class RouteAccessTest {

    private static final String SERVER = "/api/servers/{uuid}";

    /** Needs access to the server and nothing else. */
    private static final String ACCESS = "";

    private static final String ADMINISTRATORS = "administrators";

    private static final Pattern ADMINISTRATION =
            Pattern.compile(" /api/(admin/|proxy|routes|l4routes|raw|plugins|cf/)");

    /** What each route of the proxy is: all of them are for administrators. */
    private static final Set<String> PROXY = Set.of(
            "GET /api/proxy",
            "GET /api/proxy/certificates",
            "POST /api/proxy/apply",
            "GET /api/proxy/document",
            "PUT /api/proxy/document",
            "POST /api/proxy/import",
            "GET /api/proxy/revisions",
            "GET /api/proxy/revisions/{number}",
            "POST /api/proxy/revisions/{number}/rollback",
            "GET /api/routes",
            "POST /api/routes",
            "GET /api/routes/{id}",
            "PUT /api/routes/{id}",
            "PATCH /api/routes/{id}",
            "DELETE /api/routes/{id}",
            "GET /api/l4routes",
            "POST /api/l4routes",
            "GET /api/l4routes/{id}",
            "PUT /api/l4routes/{id}",
            "PATCH /api/l4routes/{id}",
            "DELETE /api/l4routes/{id}",
            "GET /api/raw",
            "PUT /api/raw",
            "GET /api/plugins",
            "PUT /api/plugins",
            "GET /api/cf/bindings",
            "PUT /api/cf/bindings/{id}",
            "DELETE /api/cf/bindings/{id}",
            "GET /api/cf/bindings/{id}/plan",
            "POST /api/cf/bindings/{id}/sync",
            "GET /api/cf/bindings/{id}/zones",
            "GET /api/cf/bindings/{id}/tunnels",
            "GET /api/cf/bindings/{id}/connections",
            "POST /api/cf/bindings/{id}/connector/start",
            "POST /api/cf/bindings/{id}/connector/stop");

    /** What each route of one server needs. */
    private static final Map<String, String> NEEDED = new TreeMap<>(Map.ofEntries(
            entry("GET " + SERVER, ACCESS),
            entry("DELETE " + SERVER, ADMINISTRATORS),
            entry("POST " + SERVER + "/power", ACCESS),
            entry("POST " + SERVER + "/reinstall", "settings.reinstall"),
            entry("GET " + SERVER + "/install-log", "settings.reinstall"),
            entry("POST " + SERVER + "/console-ticket", "websocket.connect"),
            entry("GET " + SERVER + "/schedules", "schedule.read"),
            entry("POST " + SERVER + "/schedules", "schedule.create"),
            entry("POST " + SERVER + "/schedule-preview", "schedule.read"),
            entry("PUT " + SERVER + "/schedules/{schedule}", "schedule.update"),
            entry("DELETE " + SERVER + "/schedules/{schedule}", "schedule.delete"),
            entry("PUT " + SERVER + "/schedules/{schedule}/enabled", "schedule.update"),
            entry("POST " + SERVER + "/schedules/{schedule}/run", "schedule.update"),
            entry("GET " + SERVER + "/schedules/{schedule}/runs", "schedule.read"),
            entry("GET " + SERVER + "/backups", "backup.read"),
            entry("POST " + SERVER + "/backups", "backup.create"),
            entry("DELETE " + SERVER + "/backups/{backup}", "backup.delete"),
            entry("PUT " + SERVER + "/backups/{backup}/locked", "backup.delete"),
            entry("POST " + SERVER + "/backups/{backup}/restore", "backup.restore"),
            entry("GET " + SERVER + "/backups/{backup}/content", "backup.download"),
            entry("GET " + SERVER + "/domains", "allocation.read"),
            entry("POST " + SERVER + "/domains", "allocation.create"),
            entry("DELETE " + SERVER + "/domains/{domain}", "allocation.delete"),
            entry("GET " + SERVER + "/users", "user.read"),
            entry("POST " + SERVER + "/users", "user.create"),
            entry("PUT " + SERVER + "/users/{user}", "user.update"),
            entry("DELETE " + SERVER + "/users/{user}", "user.delete"),
            entry("GET " + SERVER + "/startup", "startup.read"),
            entry("POST " + SERVER + "/startup/check", "startup.read"),
            entry("PUT " + SERVER + "/startup/variables", "startup.update"),
            entry("PUT " + SERVER + "/startup/image", "startup.docker-image"),
            entry("POST " + SERVER + "/eula", "file.create"),
            entry("GET " + SERVER + "/files", "file.read"),
            entry("GET " + SERVER + "/files/content", "file.read-content"),
            entry("PUT " + SERVER + "/files/content", "file.create"),
            entry("POST " + SERVER + "/files/taken", "file.create"),
            entry("POST " + SERVER + "/files/directory", "file.create"),
            entry("POST " + SERVER + "/files/rename", "file.update"),
            entry("GET " + SERVER + "/files/search", "file.read"),
            entry("POST " + SERVER + "/files/search/content", "file.read-content"),
            entry("DELETE " + SERVER + "/files/search/content/{search}", "file.read-content"),
            entry("GET " + SERVER + "/files/archive", "file.read"),
            entry("GET " + SERVER + "/files/archive/content", "file.read-content"),
            entry("GET " + SERVER + "/files/archive/text", "file.read-content"),
            entry("GET " + SERVER + "/files/text", "file.read-content"),
            entry("PUT " + SERVER + "/files/text", "file.update"),
            entry("POST " + SERVER + "/files/copy", "file.create"),
            entry("POST " + SERVER + "/files/chmod", "file.update"),
            entry("POST " + SERVER + "/files/compress", "file.archive"),
            entry("POST " + SERVER + "/files/decompress", "file.archive"),
            entry("GET " + SERVER + "/files/jobs", "file.read"),
            entry("DELETE " + SERVER + "/files/jobs/{job}", "file.archive"),
            entry("POST " + SERVER + "/files/uploads", "file.create"),
            entry("GET " + SERVER + "/files/uploads/{upload}", "file.create"),
            entry("PUT " + SERVER + "/files/uploads/{upload}", "file.create"),
            entry("DELETE " + SERVER + "/files/uploads/{upload}", "file.create"),
            entry("GET " + SERVER + "/files/trash", "file.delete"),
            entry("POST " + SERVER + "/files/trash", "file.delete"),
            entry("POST " + SERVER + "/files/trash/restore", "file.delete"),
            entry("POST " + SERVER + "/files/trash/delete", "file.delete"),
            entry("DELETE " + SERVER + "/files/trash", "file.delete"),
            entry("POST " + SERVER + "/files/delete", "file.delete")));

    private static final Map<String, String> POWER = Map.of(
            "start", "control.start",
            "stop", "control.stop",
            "restart", "control.restart",
            "kill", "control.stop");

    @TempDir
    Path folder;

    private TestPanel panel;
    private String server;

    @BeforeEach
    void start() {
        panel = TestPanel.start(folder);
        panel.user("owner");
        panel.user("stranger");
        panel.user("sub");
        server = panel.serverOf("owner");
    }

    @AfterEach
    void stop() {
        panel.close();
    }

    @Test
    void knowsEveryRouteOfAServer() {
        assertThat(routes().keySet().stream().filter(route -> route.contains(SERVER)))
                .containsExactlyInAnyOrderElementsOf(NEEDED.keySet());
    }

    @Test
    void givesEveryRouteARoleAndAdministrationToAdministratorsOnly() {
        assertThat(routes()).isNotEmpty().allSatisfy((route, roles) -> {
            assertThat(roles).as(route).isNotEmpty();
            if (ADMINISTRATION.matcher(route).find()) {
                assertThat(roles).as(route).containsExactly(Access.ADMIN);
            }
            if (route.contains(SERVER)) {
                assertThat(roles).as(route).isNotEqualTo(List.of(Access.PUBLIC));
            }
        });
    }

    @Test
    void keepsTheProxyFromUsersAndSaysToAdministratorsThatThereIsNone() {
        var owner = panel.client("owner");
        assertThat(routes().keySet().stream()
                        .filter(route -> ADMINISTRATION.matcher(route).find())
                        .filter(route -> !route.contains("/admin/")))
                .containsExactlyInAnyOrderElementsOf(PROXY);
        for (var route : PROXY) {
            assertThat(call(owner, route).status()).as(route).isEqualTo(403);
            var answer = call(panel.admin(), route);
            if (route.equals("GET /api/proxy")) {
                assertThat(answer.ok().path("on").asBoolean(true)).isFalse();
            } else {
                assertThat(answer.status()).as(route).isEqualTo(409);
                assertThat(answer.errorCode()).as(route).isEqualTo("proxy_off");
            }
        }
        assertThat(panel.admin().get("/api/servers/" + server + "/domains").errorCode())
                .isEqualTo("proxy_off");
    }

    @Test
    void hidesAServerFromThoseWithoutAccess() {
        var stranger = panel.client("stranger");

        for (var route : NEEDED.keySet()) {
            var answer = call(stranger, route);

            assertThat(answer.status()).as(route).isEqualTo(404);
            assertThat(answer.errorCode()).as(route).isEqualTo("server_not_found");
        }
    }

    @Test
    void wantsThePermissionOfTheRoute() {
        var all = Grants.grantable(Permissions.owner());
        panel.share(server, "sub", List.of());
        var sub = panel.client("sub");
        for (var needed : new TreeSet<>(NEEDED.values())) {
            permit(all.stream().filter(name -> !name.equals(needed)).toList());
            NEEDED.forEach((route, permission) -> {
                if (!permission.equals(needed)) {
                    return;
                }
                var refused = !permission.equals(ACCESS) && !permission.equals("websocket.connect");
                var status = call(sub, route).status();
                if (refused) {
                    assertThat(status).as(route).isEqualTo(403);
                } else {
                    assertThat(status).as(route).isNotIn(401, 403, 404);
                }
            });
        }
    }

    @Test
    void aPermissionOpensItsOwnRoutesOnly() {
        panel.share(server, "sub", List.of());
        var sub = panel.client("sub");
        for (var held : all()) {
            permit(List.of(held));
            NEEDED.forEach((route, permission) -> {
                var answer = call(sub, route);
                boolean open =
                        permission.equals(ACCESS) || permission.equals("websocket.connect") || permission.equals(held);
                assertThat(answer.status() == 403 && answer.errorCode().equals("forbidden"))
                        .as("%s with %s: %s", route, held, answer.body())
                        .isEqualTo(!open);
            });
        }
    }

    @Test
    void wantsThePermissionOfThePowerAction() {
        panel.share(server, "sub", List.of());
        var sub = panel.client("sub");
        for (var held : List.of("control.start", "control.stop", "control.restart", "control.console")) {
            permit(List.of(held));
            POWER.forEach(
                    (action, needed) -> assertThat(sub.power(server, action).status() == 403)
                            .as("%s with %s", action, held)
                            .isEqualTo(!needed.equals(held)));
        }
    }

    @Test
    void aDisabledUserHasNoAccessToAnything() {
        var owner = panel.client("owner");
        var id = panel.admin().get("/api/admin/users").ok().path("items").findParents("username").stream()
                .filter(user -> user.path("username").asText().equals("owner"))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();

        panel.admin().put("/api/admin/users/" + id, "{\"disabled\":true}").ok();

        for (var route : NEEDED.keySet()) {
            assertThat(call(owner, route).status()).as(route).isEqualTo(401);
        }
    }

    private List<String> all() {
        return new ArrayList<>(new TreeSet<>(NEEDED.values()))
                .stream()
                        .filter(name -> name.contains(".") && !name.equals("websocket.connect"))
                        .toList();
    }

    private void permit(List<String> permissions) {
        var list = panel.admin().get("/api/servers/" + server + "/users").ok().path("items");
        var sub = list.path(0).path("id").asText();
        if (sub.isEmpty()) {
            panel.share(server, "sub", permissions);
            return;
        }
        var body = PanelClient.JSON.createObjectNode();
        permissions.forEach(body.putArray("permissions")::add);
        panel.admin()
                .put("/api/servers/" + server + "/users/" + sub, body.toString())
                .ok();
    }

    private PanelClient.Answer call(PanelClient client, String route) {
        var parts = route.split(" ", 2);
        var path = parts[1].replace("{uuid}", server).replaceAll("\\{\\w+}", "5f2a6c1e-3f7b-4f0b-9a53-0d6f7f1a2b3c");
        // What is asked for is not there, or asked for without a value: only who may ask counts.
        return client.call(parts[0], path, parts[0].equals("GET") ? null : "{}");
    }

    private Map<String, List<Object>> routes() {
        var routes = new TreeMap<String, List<Object>>();
        for (var parsed : panel.server().handlers()) {
            var endpoint = parsed.endpoint;
            if (endpoint.method.isHttpMethod()) {
                var roles = endpoint.metadata(Roles.class);
                routes.put(
                        endpoint.method.name() + " " + endpoint.path,
                        roles == null ? List.of() : List.copyOf(roles.getRoles()));
            }
        }
        return routes;
    }
}
