package dev.rookery.examples.panel.http;

import dev.rookery.api.Content;
import dev.rookery.api.egg.EggVariable;
import dev.rookery.api.egg.rule.VariableRules;
import dev.rookery.api.permission.Permission;
import dev.rookery.examples.panel.Eggs;
import dev.rookery.examples.panel.Startup;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.ServerSpec;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a server is started: its variables, which are checked by the egg's rules, and its image. A change reaches the node by a sync. */
final class StartupApi {

    private static final int IMAGE_MAX = 4096;
    private static final String EULA_FILE = "eula.txt";
    private static final String EULA_TEXT = "eula=true\n";

    private final PanelService panel;
    private final ServerAccess access;

    StartupApi(PanelService panel, ServerAccess access) {
        this.panel = panel;
        this.access = access;
    }

    void register(RoutesConfig routes) {
        var path = "/api/servers/{uuid}/startup";
        routes.get(path, this::show, OnServer.holding(Permission.STARTUP_READ));
        routes.post(path + "/check", this::check, OnServer.holding(Permission.STARTUP_READ));
        routes.put(path + "/variables", this::changeVariables, OnServer.holding(Permission.STARTUP_UPDATE));
        routes.put(path + "/image", this::changeImage, OnServer.holding(Permission.STARTUP_IMAGE));
        routes.post("/api/servers/{uuid}/eula", this::acceptEula, OnServer.holding(Permission.FILE_CREATE));
    }

    private void show(Context request) {
        request.json(View.of(startup(request, access.require(request))));
    }

    private void check(Context request) {
        var values = values(request);
        request.json(
                Map.of("problems", startup(request, access.require(request)).problems(values)));
    }

    private void changeVariables(Context request) {
        var server = access.require(request);
        var values = values(request);
        var problems = new LinkedHashMap<String, String>();
        startup(request, server).problems(values).forEach((name, text) -> problems.put("variables." + name, text));
        if (!problems.isEmpty()) {
            throw ApiError.fields(problems);
        }
        var changed = panel.reconfigure(server.id(), spec -> Startup.with(spec, values));
        request.json(View.of(startup(request, changed)));
    }

    private void changeImage(Context request) {
        var server = access.require(request);
        var image = Bodies.required(Bodies.read(request, ImageBody.class).image(), "image", IMAGE_MAX);
        var startup = startup(request, server);
        if (!startup.imageChangeable()) {
            throw new ApiError(409, "image_fixed", "An administrator has given this server an image of its own.");
        }
        if (!startup.administrator() && !startup.egg().dockerImages().containsValue(image)) {
            throw ApiError.field("image", "image: '" + image + "' (expected: one of the egg's)");
        }
        var changed = panel.reconfigure(
                server.id(),
                spec -> ServerSpec.builder().from(spec).image(image).build());
        request.json(View.of(startup(request, changed)));
    }

    /** Writes what a Minecraft server wants to find before it starts: that its user agrees to the licence. */
    private void acceptEula(Context request) {
        var server = access.require(request);
        if (!startup(request, server).egg().features().orElse(List.of()).contains("eula")) {
            throw new ApiError(409, "conflict", "This server's egg knows of no licence to agree to.");
        }
        panel.onNode(server.id(), access.caller(request, server))
                .files()
                .write(EULA_FILE, Content.of(EULA_TEXT.getBytes(StandardCharsets.US_ASCII)));
        request.status(204);
    }

    private Startup startup(Context request, PanelServer server) {
        var egg = panel.store()
                .eggs()
                .find(server.spec().eggId())
                .orElseThrow(() -> new ApiError(404, "egg_not_found", "The server's egg is gone."));
        return new Startup(server, Eggs.read(egg).egg(), Guard.user(request).admin());
    }

    private static Map<String, String> values(Context request) {
        var values = Bodies.required(Bodies.read(request, Values.class).variables(), "variables");
        values.forEach((name, value) -> Bodies.required(value, "variables." + name));
        return values;
    }

    record Values(@Nullable Map<String, String> variables) {}

    record ImageBody(@Nullable String image) {}

    record View(
            String command,
            String invocation,
            String image,
            Map<String, String> images,
            boolean imageChangeable,
            List<Variable> variables) {

        static View of(Startup startup) {
            return new View(
                    startup.command(),
                    startup.invocation(),
                    startup.server().spec().image(),
                    startup.egg().dockerImages(),
                    startup.imageChangeable(),
                    startup.variables().stream()
                            .map(variable -> Variable.of(startup, variable))
                            .toList());
        }
    }

    record Variable(
            String name,
            String description,
            String envVariable,
            String value,
            String defaultValue,
            boolean changeable,
            String kind,
            boolean required,
            List<String> choices,
            List<String> expectations) {

        static Variable of(Startup startup, EggVariable variable) {
            var rules = VariableRules.of(variable);
            return new Variable(
                    variable.name(),
                    variable.description(),
                    variable.envVariable(),
                    startup.value(variable),
                    variable.defaultValue(),
                    startup.changeable(variable),
                    rules.inputKind().name().toLowerCase(Locale.ROOT),
                    rules.required(),
                    rules.choices().orElse(List.of()),
                    rules.expectations());
        }
    }
}
