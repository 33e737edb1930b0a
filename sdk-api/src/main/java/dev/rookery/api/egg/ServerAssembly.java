package dev.rookery.api.egg;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Json;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.ProcessConfiguration;
import dev.rookery.api.panel.ProcessConfiguration.ConfigFile;
import dev.rookery.api.panel.ProcessConfiguration.Replacement;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.ServerSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Puts together what a node is told about a server: the egg, and what the panel has decided.
 *
 * <pre>{@code
 * ServerPlan plan = ServerPlan.builder(egg)
 *         .id(ServerId.random())
 *         .name("Survival")
 *         .putVariables("MAX_PLAYERS", "20")
 *         .limits(Build.builder().memoryMebibytes(2048).build())
 *         .allocations(Allocations.of(new Allocation("203.0.113.10", 25565), List.of()))
 *         .build();
 * ServerConfiguration configuration = ServerAssembly.configuration(egg, plan);
 * }</pre>
 *
 * <p>What the egg leaves to another one is filled in before, by {@link EggInheritance}. Source: eggs §9, panel remote API §5 to §7. Whether values obey the rules of their variables is not asked here.
 */
public final class ServerAssembly {

    private ServerAssembly() {}

    /** Returns the configuration of a server. */
    public static ServerConfiguration configuration(Egg egg, ServerPlan plan) {
        return configuration(egg, plan, warning -> {});
    }

    /**
     * Returns the configuration of a server.
     *
     * @param warnings is told of each placeholder that names nothing and became an empty text
     */
    public static ServerConfiguration configuration(Egg egg, ServerPlan plan, Consumer<EggWarning> warnings) {
        requireNonNull(egg, "egg");
        requireNonNull(plan, "plan");
        var settings = settings(egg, plan);
        var startup = egg.config().startup();
        var process = new ProcessConfiguration(
                new ProcessConfiguration.Startup(startup.done(), List.of(), startup.stripAnsi()),
                egg.config().stopAction().toWire(),
                configFiles(egg, Placeholders.of(settings), warnings));
        return new ServerConfiguration(settings, process);
    }

    /** Returns how servers of the egg are installed. A blank script means not at all. */
    public static InstallScript installScript(Egg egg) {
        return egg.installation();
    }

    /**
     * Returns the environment that the panel sends, in this order: the egg's variables in the order of the file, STARTUP,
     * P_SERVER_UUID, and the plan's further ones. Of the same name the last one counts.
     */
    public static Map<String, String> environment(Egg egg, ServerPlan plan) {
        var environment = new LinkedHashMap<String, String>();
        for (var variable : egg.variables()) {
            var name = variable.envVariable();
            environment.put(name, plan.variables().getOrDefault(name, variable.defaultValue()));
        }
        environment.put("STARTUP", plan.startup());
        environment.put("P_SERVER_UUID", plan.id().toString());
        environment.putAll(plan.extraEnvironment());
        return environment;
    }

    private static ServerSettings settings(Egg egg, ServerPlan plan) {
        return ServerSettings.builder()
                .id(plan.number())
                .uuid(plan.id())
                .meta(new ServerSettings.Meta(plan.name(), plan.description()))
                .suspended(plan.suspended())
                .environment(environment(egg, plan))
                .invocation(plan.startup())
                .skipEggScripts(
                        plan.skipScripts() || egg.installation().script().isBlank())
                .build(plan.limits())
                .container(new ServerSettings.Container(plan.image()))
                .allocations(plan.allocations())
                .mounts(plan.mounts())
                .labels(plan.labels())
                .egg(new ServerSettings.EggReference(egg.uuid().orElse(""), egg.fileDenylist(), features(egg)))
                .crashDetectionEnabled(Optional.empty())
                .build();
    }

    private static List<ConfigFile> configFiles(Egg egg, Placeholders placeholders, Consumer<EggWarning> warnings) {
        var files = new ArrayList<ConfigFile>();
        egg.config().files().forEach((name, file) -> {
            Consumer<String> unknown = key -> warnings.accept(new EggWarning(
                    EggNode.memberPath("config.files", name),
                    "{{" + key + "}} names nothing; it became an empty text"));
            var replacements = new ArrayList<Replacement>();
            file.find().forEach((match, value) -> {
                if (value instanceof Json.Obj pairs) {
                    pairs.members()
                            .forEach((present, wanted) -> replacements.add(new Replacement(
                                    match, Optional.of(present), placeholders.resolve(wanted, unknown))));
                } else if (!(value instanceof Json.Array)) {
                    replacements.add(new Replacement(match, Optional.empty(), placeholders.resolve(value, unknown)));
                }
            });
            files.add(new ConfigFile(name, file.parser(), replacements, createFile(file), further(file)));
        });
        return files;
    }

    /** Pelican's daemon looks for these phrases itself. An id that nobody knows is left out. */
    private static Map<String, Json> features(Egg egg) {
        var features = new LinkedHashMap<String, Json>();
        egg.features()
                .orElse(List.of())
                .forEach(id -> EggFeature.find(id)
                        .ifPresent(feature -> features.put(
                                id,
                                new Json.Array(feature.phrases().stream()
                                        .<Json>map(Json.Text::new)
                                        .toList()))));
        return features;
    }

    /** Panels pass on what they do not know, as Calagopus' {@code create_new}. */
    private static Map<String, Json> further(EggConfig.File file) {
        var further = new LinkedHashMap<>(file.extras());
        if (createFile(file).isPresent()) {
            further.remove("create_file");
        }
        return further;
    }

    private static Optional<Boolean> createFile(EggConfig.File file) {
        return file.extras().get("create_file") instanceof Json.Bool create
                ? Optional.of(create.value())
                : Optional.empty();
    }
}
