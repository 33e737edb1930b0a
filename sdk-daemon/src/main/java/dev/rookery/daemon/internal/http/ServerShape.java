package dev.rookery.daemon.internal.http;

import dev.rookery.api.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** How a server is described in each dialect. Source: node API §2.3 and §7.1. */
final class ServerShape {

    private static final String OOM_KILLER = "oom_killer";
    private static final String OOM_DISABLED = "oom_disabled";

    private ServerShape() {}

    /** Returns what is written of a server's usage by a daemon that is not like Pelican's, which writes all of it. */
    static Json.Obj utilization(Json.Obj usage) {
        return changed(usage, members -> members.remove("disk_io"));
    }

    /** Returns what is written of a server's settings. */
    static Json.Obj configuration(Json.Obj settings, Manner manner) {
        return changed(settings, members -> configuration(members, manner));
    }

    private static void configuration(Map<String, Json> configuration, Manner manner) {
        // The daemons name both whether the panel did or not.
        configuration.putIfAbsent("crash_detection_enabled", new Json.Bool(true));
        change(configuration, "build", build -> build.putIfAbsent("threads", new Json.Text("")));
        if (manner.pelican()) {
            change(configuration, "build", build -> build.remove(OOM_DISABLED));
            return;
        }
        configuration.remove("id");
        change(configuration, "egg", egg -> egg.remove("features"));
        change(configuration, "build", ServerShape::invertOom);
    }

    private static void invertOom(Map<String, Json> build) {
        if (build.remove(OOM_KILLER) instanceof Json.Bool killer) {
            build.put(OOM_DISABLED, new Json.Bool(!killer.value()));
        }
    }

    private static void change(Map<String, Json> members, String name, Consumer<Map<String, Json>> change) {
        if (members.get(name) instanceof Json.Obj object) {
            members.put(name, changed(object, change));
        }
    }

    private static Json.Obj changed(Json.Obj object, Consumer<Map<String, Json>> change) {
        var members = new LinkedHashMap<>(object.members());
        change.accept(members);
        return new Json.Obj(members);
    }
}
