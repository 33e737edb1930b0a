package dev.rookery.examples.panel.http;

import dev.rookery.api.egg.EggChange;
import dev.rookery.api.egg.EggConversion;
import dev.rookery.api.egg.EggFormat;
import dev.rookery.api.egg.EggSyntax;
import dev.rookery.api.egg.EggWriter;
import dev.rookery.examples.panel.Eggs;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.spi.EggRecord;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Eggs in a format of one's choice, with what is different there. */
final class EggExportApi {

    private final PanelService panel;

    EggExportApi(PanelService panel) {
        this.panel = panel;
    }

    void register(RoutesConfig routes) {
        routes.get("/api/admin/egg-formats", EggExportApi::formats, Access.ADMIN);
        routes.get("/api/admin/eggs/{id}/conversion", this::conversion, Access.ADMIN);
        routes.get("/api/admin/eggs/{id}/export", this::export, Access.ADMIN);
    }

    private static void formats(Context request) {
        request.json(Map.of(
                "items", Arrays.stream(EggFormat.values()).map(Format::of).toList()));
    }

    private void conversion(Context request) {
        var changes = converted(request).changes();
        request.json(Map.of("changes", changes.stream().map(Change::of).toList()));
    }

    private void export(Context request) {
        var egg = converted(request).egg();
        var syntax = syntax(request, egg.format());
        request.header("Content-Type", "application/octet-stream");
        request.header(
                "Content-Disposition",
                "attachment; filename=\"egg-" + request.pathParam("id") + "-"
                        + egg.format().version().toLowerCase(Locale.ROOT) + "."
                        + syntax.name().toLowerCase(Locale.ROOT) + "\"");
        request.result(EggWriter.write(egg, syntax));
    }

    private EggConversion converted(Context request) {
        var wanted = Optional.ofNullable(request.queryParam("format")).orElse("");
        var format = EggFormat.find(wanted).orElseThrow(() -> {
            var known =
                    Arrays.stream(EggFormat.values()).map(EggFormat::version).toList();
            return ApiError.field("format", "format: '" + wanted + "' (expected: one of " + known + ").");
        });
        return EggConversion.of(Eggs.read(require(request)).egg(), format);
    }

    private static EggSyntax syntax(Context request, EggFormat format) {
        var wanted = request.queryParam("syntax");
        return format.syntaxes().stream()
                .filter(syntax -> syntax.name().equalsIgnoreCase(wanted == null ? "json" : wanted))
                .findFirst()
                .orElseThrow(() -> ApiError.field(
                        "syntax",
                        "syntax: '" + wanted + "' (expected for " + format.version() + ": one of " + format.syntaxes()
                                + ")"));
    }

    private EggRecord require(Context request) {
        return Eggs.find(panel.store().eggs(), request.pathParam("id"))
                .orElseThrow(
                        () -> new ApiError(404, "egg_not_found", "There is no egg " + request.pathParam("id") + "."));
    }

    record Format(String version, List<String> syntaxes) {
        static Format of(EggFormat format) {
            return new Format(
                    format.version(),
                    format.syntaxes().stream()
                            .map(syntax -> syntax.name().toLowerCase(Locale.ROOT))
                            .sorted()
                            .toList());
        }
    }

    record Change(String kind, String path, String message) {
        static Change of(EggChange change) {
            return new Change(change.kind().name().toLowerCase(Locale.ROOT), change.path(), change.message());
        }
    }
}
