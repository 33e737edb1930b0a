package dev.rookery.examples.egglab;

import dev.rookery.api.Json;
import dev.rookery.api.egg.EggException;
import dev.rookery.api.egg.EggWarning;
import dev.rookery.api.egg.simulation.EggSimulation;
import dev.rookery.api.egg.simulation.SimulatedFile;
import dev.rookery.api.egg.simulation.SimulatedInstallation;
import dev.rookery.api.panel.ProcessConfiguration.Replacement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Writes a simulation for programs. */
final class SimulationDocument {

    private SimulationDocument() {}

    static Json of(String file, EggException failure) {
        return object("file", text(file), "error", text(String.valueOf(failure.getMessage())));
    }

    static Json of(String file, EggSimulation simulation) {
        var process = simulation.configuration().process();
        var stop = simulation.stop().toWire();
        var members = new LinkedHashMap<>(object(
                        "file", text(file),
                        "egg", text(simulation.egg().name()),
                        "image",
                                text(simulation
                                        .configuration()
                                        .settings()
                                        .container()
                                        .image()),
                        "startup", text(simulation.startup()))
                .members());
        members.put("environment", texts(simulation.environment()));
        members.put("files", list(simulation.files(), SimulationDocument::file));
        members.put(
                "installation",
                simulation.installation().map(SimulationDocument::installation).orElse(Json.Null.INSTANCE));
        members.put("done", list(process.startup().done(), SimulationDocument::text));
        members.put("stop", object("type", text(stop.type()), "value", text(stop.value())));
        members.put("remarks", list(simulation.remarks(), SimulationDocument::remark));
        return new Json.Obj(members);
    }

    private static Json file(SimulatedFile file) {
        return object(
                "path", text(file.path()),
                "parser", text(file.parser()),
                "created", new Json.Bool(file.created()),
                "replacements", list(file.replacements(), SimulationDocument::replacement));
    }

    private static Json replacement(Replacement replacement) {
        return object(
                "match", text(replacement.match()),
                "if_value", replacement.ifValue().<Json>map(Json.Text::new).orElse(Json.Null.INSTANCE),
                "value", replacement.replaceWith());
    }

    private static Json installation(SimulatedInstallation installation) {
        return object(
                "image", text(installation.image()),
                "command", list(installation.command(), SimulationDocument::text),
                "environment", texts(installation.environment()));
    }

    private static Json remark(EggWarning remark) {
        return object("path", text(remark.path()), "message", text(remark.message()));
    }

    private static Json texts(Map<String, String> values) {
        var members = new LinkedHashMap<String, Json>();
        values.forEach((name, value) -> members.put(name, text(value)));
        return new Json.Obj(members);
    }

    private static <T> Json list(List<T> items, Function<T, Json> item) {
        return new Json.Array(items.stream().map(item).toList());
    }

    private static Json text(String value) {
        return new Json.Text(value);
    }

    /** Returns an object of names, each followed by its value. */
    static Json.Obj object(Object... members) {
        var object = new LinkedHashMap<String, Json>();
        for (int i = 0; i < members.length; i += 2) {
            object.put((String) members[i], (Json) members[i + 1]);
        }
        return new Json.Obj(object);
    }
}
