package dev.rookery.api.egg;

import dev.rookery.api.Incubating;
import dev.rookery.api.Json;
import dev.rookery.api.panel.InstallScript;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Fills in what an egg leaves to another one. A panel keeps beside an egg which other egg that is, files of eggs cannot say it; a server is
 * assembled from the outcome. It is one step: what the other egg inherits itself does not count. Source: panel remote API §7.3, §7.4.
 */
@Incubating
public final class EggInheritance {

    private EggInheritance() {}

    /**
     * Returns an egg with the configuration of another where it has none of its own: files, texts of the start, stop, and features. The list
     * of files that people may not touch is always the other egg's, as in the panels.
     *
     * @param egg the egg
     * @param other what its panel calls {@code config_from}
     */
    public static Egg configFrom(Egg egg, Egg other) {
        var own = egg.config();
        var inherited = other.config();
        boolean noStartup =
                own.startup().done().isEmpty() && own.startup().extras().isEmpty();
        boolean noFiles = own.files().isEmpty();
        var config = new EggConfig(
                noFiles ? inherited.files() : own.files(),
                noStartup ? inherited.startup() : own.startup(),
                own.logs(),
                own.stop().isEmpty() ? inherited.stop() : own.stop());
        return Egg.builder()
                .from(egg)
                .config(config)
                .features(egg.features().or(other::features))
                .extras(extras(
                        egg,
                        noFiles && !inherited.files().isEmpty(),
                        noStartup && !config.startup().equals(own.startup())))
                .fileDenylist(other.fileDenylist())
                .build();
    }

    /** A text of the egg that was to hold JSON and did not has no place beside what is inherited instead of it. */
    private static Map<String, Json> extras(Egg egg, boolean files, boolean startup) {
        if (!(egg.extras().get("config") instanceof Json.Obj config)) {
            return egg.extras();
        }
        var left = new LinkedHashMap<>(config.members());
        left.entrySet()
                .removeIf(member -> member.getValue() instanceof Json.Text
                        && ((files && member.getKey().equals("files"))
                                || (startup && member.getKey().equals("startup"))));
        var extras = new LinkedHashMap<>(egg.extras());
        if (left.isEmpty()) {
            extras.remove("config");
        } else {
            extras.put("config", new Json.Obj(left));
        }
        return extras;
    }

    /**
     * Returns an egg with the install script, its program and its image of another where it has none of its own.
     *
     * @param egg the egg
     * @param other what its panel calls {@code copy_script_from}
     */
    public static Egg scriptFrom(Egg egg, Egg other) {
        var own = egg.installation();
        var inherited = other.installation();
        var installation = new InstallScript(
                own.containerImage().isBlank() ? inherited.containerImage() : own.containerImage(),
                own.entrypoint().isBlank() ? inherited.entrypoint() : own.entrypoint(),
                own.script().isBlank() ? inherited.script() : own.script(),
                own.environment());
        return Egg.builder().from(egg).installation(installation).build();
    }
}
