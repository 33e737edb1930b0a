package dev.rookery.api.egg;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ServerId;
import dev.rookery.api.panel.Allocations;
import dev.rookery.api.panel.Build;
import dev.rookery.api.panel.ServerSettings;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.immutables.value.Value;

/**
 * What a panel has decided about one server of an egg.
 *
 * @param id the server
 * @param number the panel's number for it, if it has one
 * @param name what people call it
 * @param description free text
 * @param variables value by environment name; a variable of the egg that is absent has its default, an empty text is a value, and a
 *     name that the egg does not define is ignored
 * @param limits memory, disk, processors
 * @param allocations addresses and ports
 * @param image the runtime image; need not be one of the egg's
 * @param startup the startup command, placeholders unresolved; need not be one of the egg's
 * @param suspended whether the server may not run
 * @param skipScripts whether to leave out the install script
 * @param mounts host directories to mount
 * @param labels labels of the container
 * @param extraEnvironment further variables, which win over the egg's: Pterodactyl's panel adds {@code P_SERVER_LOCATION} and
 *     {@code P_SERVER_ALLOCATION_LIMIT}
 */
@Value.Builder
public record ServerPlan(
        ServerId id,
        OptionalInt number,
        String name,
        String description,
        Map<String, String> variables,
        Build limits,
        Allocations allocations,
        String image,
        String startup,
        boolean suspended,
        boolean skipScripts,
        List<ServerSettings.Mount> mounts,
        Map<String, String> labels,
        Map<String, String> extraEnvironment) {

    /** Checks that there is an image and a command, and copies the collections. */
    public ServerPlan {
        requireNonNull(id, "id");
        requireNonNull(number, "number");
        requireNonNull(name, "name");
        requireNonNull(description, "description");
        requireNonNull(limits, "limits");
        requireNonNull(allocations, "allocations");
        requireFilled(image, "image");
        requireFilled(startup, "startup");
        variables = Egg.ordered(variables);
        mounts = List.copyOf(mounts);
        labels = Egg.ordered(labels);
        extraEnvironment = Egg.ordered(extraEnvironment);
        variables.forEach(ServerPlan::requireStorable);
        extraEnvironment.forEach(ServerPlan::requireStorable);
    }

    /** Returns a builder that begins with an empty description, no limits and no allocation. Id, name, image and startup are missing. */
    public static ServerPlanBuilder builder() {
        return new ServerPlanBuilder()
                .description("")
                .limits(Build.builder().build())
                .allocations(Allocations.none())
                .suspended(false)
                .skipScripts(false);
    }

    /**
     * Returns a builder that begins with the egg's default image and command as well.
     *
     * @throws InvalidInputException if the egg has none of them
     */
    public static ServerPlanBuilder builder(Egg egg) {
        return builder()
                .image(egg.defaultImage().orElseThrow(() -> none(egg, "image")))
                .startup(egg.defaultStartup().orElseThrow(() -> none(egg, "startup command")));
    }

    /** Shows no values of variables: they may be secrets. */
    @Override
    public String toString() {
        return "ServerPlan[id=" + id + ", name=" + name + ", image=" + image + ", allocation=" + allocations.primary()
                + "]";
    }

    private static InvalidInputException none(Egg egg, String what) {
        return new InvalidInputException(
                "egg " + Warnings.quote(egg.name()) + " names no " + what + " (expected: one)");
    }

    private static void requireFilled(String value, String name) {
        if (requireNonNull(value, name).isBlank()) {
            throw new InvalidInputException(name + ": '" + value + "' (expected: not blank)");
        }
    }

    /** The value may be a secret, so the message leaves it out. */
    private static void requireStorable(String name, String value) {
        if (value.indexOf('\0') >= 0) {
            throw new InvalidInputException(
                    "variable " + Warnings.quote(name) + ": its value holds a NUL character (expected: none)");
        }
    }
}
