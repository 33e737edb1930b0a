package dev.rookery.examples.panel.http;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.egg.Egg;
import dev.rookery.api.egg.EggFinding;
import dev.rookery.api.egg.EggReader;
import dev.rookery.api.egg.EggVariable;
import dev.rookery.examples.panel.Eggs;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.spi.EggRecord;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.ServerQuery;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Eggs: import, list, look at, remove. */
final class EggApi {

    private static final int URL_MAX = 2048;

    private final PanelService panel;
    private final Eggs eggs;

    EggApi(PanelService panel, Eggs eggs) {
        this.panel = panel;
        this.eggs = eggs;
    }

    void register(RoutesConfig routes) {
        routes.get("/api/admin/eggs", this::list, Access.ADMIN);
        routes.post("/api/admin/eggs", this::add, Access.ADMIN);
        routes.get("/api/admin/eggs/{id}", this::show, Access.ADMIN);
        routes.delete("/api/admin/eggs/{id}", this::delete, Access.ADMIN);
        routes.post("/api/admin/eggs/fetch", this::fetch, Access.ADMIN);
        routes.post("/api/admin/eggs/{id}/preview", this::preview, Access.ADMIN);
        routes.put("/api/admin/eggs/{id}", this::replace, Access.ADMIN);
        routes.get("/api/admin/eggs/{id}/document", this::document, Access.ADMIN);
    }

    /** Loads an egg from its address, for the page to show, and to send back once somebody has seen it. */
    private void fetch(Context request) {
        var url = Bodies.required(Bodies.read(request, Source.class).url(), "url", URL_MAX);
        byte[] document;
        try {
            document = eggs.fetch(url);
        } catch (InvalidInputException | UnavailableException e) {
            throw ApiError.field("url", String.valueOf(e.getMessage()));
        }
        EggReader.read(document);
        request.json(Map.of("document", new String(document, StandardCharsets.UTF_8)));
    }

    private void preview(Context request) {
        request.json(eggs.preview(require(request), request.bodyAsBytes()));
    }

    private void replace(Context request) {
        var replaced = eggs.replace(require(request), request.bodyAsBytes());
        var row = replaced.row();
        request.json(Detail.of(
                row, replaced.egg(), replaced.warnings(), serversByEgg().getOrDefault(row.id(), 0L)));
    }

    /** The egg as it was imported, byte by byte. */
    private void document(Context request) {
        var egg = require(request);
        request.header("Content-Type", "application/octet-stream");
        request.header("Content-Disposition", "attachment; filename=\"egg-" + egg.id() + suffix(egg) + "\"");
        request.result(egg.document().getBytes(StandardCharsets.UTF_8));
    }

    private static String suffix(EggRecord egg) {
        return egg.document().stripLeading().startsWith("{") ? ".json" : ".yaml";
    }

    private void list(Context request) {
        var servers = serversByEgg();
        request.json(Map.of(
                "items",
                panel.store().eggs().list().stream()
                        .map(egg -> Row.of(egg, servers.getOrDefault(egg.id(), 0L)))
                        .toList()));
    }

    private void add(Context request) {
        var imported = eggs.add(request.bodyAsBytes());
        request.status(201);
        request.json(Detail.of(imported.row(), imported.egg(), imported.warnings(), 0));
    }

    private void show(Context request) {
        var row = require(request);
        var reading = Eggs.read(row);
        request.json(
                Detail.of(row, reading.egg(), reading.warnings(), serversByEgg().getOrDefault(row.id(), 0L)));
    }

    private void delete(Context request) {
        panel.store().eggs().delete(require(request).id());
        request.status(204);
    }

    private EggRecord require(Context request) {
        var id = request.pathParam("id");
        return parse(id)
                .flatMap(panel.store().eggs()::find)
                .orElseThrow(() -> new ApiError(404, "egg_not_found", "There is no egg " + id + "."));
    }

    private static Optional<Long> parse(String id) {
        try {
            return Optional.of(Long.parseLong(id));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Map<Long, Long> serversByEgg() {
        return panel.store().servers().list(ServerQuery.all()).servers().stream()
                .map(PanelServer::spec)
                .collect(Collectors.groupingBy(spec -> spec.eggId(), Collectors.counting()));
    }

    record Source(@Nullable String url) {}

    record Row(long id, String uuid, String name, String author, String description, String format, long servers) {
        static Row of(EggRecord egg, long servers) {
            return new Row(egg.id(), egg.uuid(), egg.name(), egg.author(), egg.description(), egg.format(), servers);
        }
    }

    record Detail(
            long id,
            String uuid,
            String name,
            String author,
            String description,
            String format,
            long servers,
            @Nullable String updateUrl,
            Map<String, String> images,
            Map<String, String> startupCommands,
            List<Variable> variables,
            List<Warning> warnings) {

        static Detail of(EggRecord row, Egg egg, List<EggFinding> warnings, long servers) {
            return new Detail(
                    row.id(),
                    row.uuid(),
                    row.name(),
                    row.author(),
                    row.description(),
                    row.format(),
                    servers,
                    egg.updateUrl().orElse(null),
                    egg.dockerImages(),
                    egg.startupCommands(),
                    egg.variablesInDisplayOrder().stream().map(Variable::of).toList(),
                    warnings.stream()
                            .map(warning -> new Warning(warning.path(), warning.message()))
                            .toList());
        }
    }

    record Warning(String path, String message) {}

    record Variable(
            String name,
            String description,
            String envVariable,
            String defaultValue,
            boolean userViewable,
            boolean userEditable,
            List<String> rules) {

        static Variable of(EggVariable variable) {
            return new Variable(
                    variable.name(),
                    variable.description(),
                    variable.envVariable(),
                    variable.defaultValue(),
                    variable.userViewable(),
                    variable.userEditable(),
                    variable.rules());
        }
    }
}
