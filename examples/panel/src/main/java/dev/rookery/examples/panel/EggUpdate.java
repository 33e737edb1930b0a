package dev.rookery.examples.panel;

import dev.rookery.api.egg.Egg;
import dev.rookery.api.egg.EggVariable;
import dev.rookery.api.egg.rule.VariableRules;
import dev.rookery.panel.spi.PanelServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What another version of an egg changes, in the egg and for the servers that are made of it.
 *
 * @param otherUuid whether the new version says it is another egg
 * @param parts which parts of the egg are different: {@code name}, {@code images}, {@code startup}, {@code config}, {@code install},
 *     {@code features}, {@code denylist}
 * @param variablesAdded names of variables that are new
 * @param variablesRemoved names of variables that are gone
 * @param variablesChanged names of variables with other defaults, rules or access
 * @param servers the servers for which something needs a look, with what
 */
public record EggUpdate(
        boolean otherUuid,
        List<String> parts,
        List<String> variablesAdded,
        List<String> variablesRemoved,
        List<String> variablesChanged,
        List<Affected> servers) {

    /**
     * A server for which a new version of its egg means something.
     *
     * @param uuid which one
     * @param name its name
     * @param effects what it means
     */
    public record Affected(String uuid, String name, List<Effect> effects) {}

    /**
     * One thing that a new version means to a server.
     *
     * @param kind {@code image_gone}: its image is no longer the egg's; {@code startup}: its start command changes with the egg's;
     *     {@code value_lost}: its own value of a variable that is gone; {@code value_refused}: a value that the new rules refuse
     * @param about the image or the variable
     */
    public record Effect(String kind, String about) {}

    /** Compares two versions of an egg. */
    public static EggUpdate between(Egg before, Egg after, List<PanelServer> servers) {
        var old = byName(before);
        var now = byName(after);
        return new EggUpdate(
                before.uuid().isPresent()
                        && after.uuid().isPresent()
                        && !before.uuid().equals(after.uuid()),
                parts(before, after),
                now.keySet().stream().filter(name -> !old.containsKey(name)).toList(),
                old.keySet().stream().filter(name -> !now.containsKey(name)).toList(),
                now.values().stream()
                        .filter(variable -> differs(old.get(variable.envVariable()), variable))
                        .map(EggVariable::envVariable)
                        .toList(),
                servers.stream()
                        .map(server -> affected(before, after, server))
                        .flatMap(Optional::stream)
                        .toList());
    }

    private static List<String> parts(Egg before, Egg after) {
        var parts = new LinkedHashMap<String, Boolean>();
        parts.put("name", before.name().equals(after.name()));
        parts.put("images", before.dockerImages().equals(after.dockerImages()));
        parts.put("startup", before.startupCommands().equals(after.startupCommands()));
        parts.put("config", before.config().equals(after.config()));
        parts.put("install", before.installation().equals(after.installation()));
        parts.put("features", before.features().equals(after.features()));
        parts.put("denylist", before.fileDenylist().equals(after.fileDenylist()));
        parts.values().removeIf(same -> same);
        return List.copyOf(parts.keySet());
    }

    private static Optional<Affected> affected(Egg before, Egg after, PanelServer server) {
        var spec = server.spec();
        var effects = new ArrayList<Effect>();
        if (before.dockerImages().containsValue(spec.image())
                && !after.dockerImages().containsValue(spec.image())) {
            effects.add(new Effect("image_gone", spec.image()));
        }
        if (spec.startup().isBlank() && !before.defaultStartup().equals(after.defaultStartup())) {
            effects.add(new Effect("startup", ""));
        }
        var old = byName(before);
        var now = byName(after);
        spec.variables().keySet().stream()
                .filter(name -> old.containsKey(name) && !now.containsKey(name))
                .forEach(name -> effects.add(new Effect("value_lost", name)));
        now.forEach((name, variable) -> {
            var value = spec.variables().getOrDefault(name, variable.defaultValue());
            if (!VariableRules.of(variable).accepts(value)) {
                effects.add(new Effect("value_refused", name));
            }
        });
        return effects.isEmpty()
                ? Optional.empty()
                : Optional.of(new Affected(server.id().toString(), spec.name(), List.copyOf(effects)));
    }

    private static Map<String, EggVariable> byName(Egg egg) {
        var variables = new LinkedHashMap<String, EggVariable>();
        egg.variables().forEach(variable -> variables.put(variable.envVariable(), variable));
        return variables;
    }

    private static boolean differs(@Nullable EggVariable before, EggVariable after) {
        if (before == null) {
            return false;
        }
        return !before.defaultValue().equals(after.defaultValue())
                || !before.rules().equals(after.rules())
                || before.userViewable() != after.userViewable()
                || before.userEditable() != after.userEditable()
                || !before.name().equals(after.name());
    }
}
