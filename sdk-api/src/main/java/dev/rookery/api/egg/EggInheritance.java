package dev.rookery.api.egg;

import dev.rookery.api.Incubating;
import dev.rookery.api.panel.InstallScript;

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
        var config = new EggConfig(
                own.files().isEmpty() ? inherited.files() : own.files(),
                noStartup ? inherited.startup() : own.startup(),
                own.logs(),
                own.stop().isEmpty() ? inherited.stop() : own.stop());
        return Egg.builder()
                .from(egg)
                .config(config)
                .features(egg.features().or(other::features))
                .fileDenylist(other.fileDenylist())
                .build();
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
