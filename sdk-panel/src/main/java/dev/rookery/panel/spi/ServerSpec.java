package dev.rookery.panel.spi;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.egg.EggReader;
import dev.rookery.api.panel.Build;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.immutables.value.Value;

/**
 * What somebody asked for when creating a server. Together with the egg and the allocations this is its configuration.
 *
 * @param name what people call it, 1 to 191 characters
 * @param description free text
 * @param eggId the egg it is made from
 * @param image the image it runs in
 * @param startup the startup command, placeholders unresolved; empty means the egg's
 * @param variables values of the egg's variables by environment name, in order; one that is missing has the egg's default
 * @param build its limits
 * @param startOnCompletion whether to start it once installed
 */
@Value.Builder
public record ServerSpec(
        String name,
        String description,
        long eggId,
        String image,
        String startup,
        Map<String, String> variables,
        Build build,
        boolean startOnCompletion) {

    private static final int NAME_MAX = 191;

    /** Checks its arguments. */
    public ServerSpec {
        requireNonNull(description, "description");
        requireNonNull(startup, "startup");
        requireNonNull(build, "build");
        if (name.isBlank() || name.length() > NAME_MAX) {
            throw new InvalidInputException("server name: '" + name + "' (expected: 1 to " + NAME_MAX + " characters)");
        }
        if (image.isBlank()) {
            throw new InvalidInputException("image: '' (expected: the reference of a container image)");
        }
        if ((name + description + image + startup).indexOf('\0') >= 0) {
            throw new InvalidInputException("server '" + name
                    + "': U+0000 in its name, description, image or startup command (expected: none)");
        }
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    /** Returns a builder that begins with no description, the egg's startup, no limits, and without starting. */
    public static ServerSpecBuilder builder() {
        return new ServerSpecBuilder()
                .description("")
                .startup("")
                .build(Build.builder().build())
                .startOnCompletion(false);
    }

    /**
     * Returns a builder that begins with an egg and the first of its images besides.
     *
     * @throws PanelException {@code EGG_INVALID} if it names no image
     * @throws dev.rookery.api.egg.EggException if it cannot be read
     */
    public static ServerSpecBuilder builder(EggRecord egg) {
        var image = EggReader.read(egg.document())
                .egg()
                .defaultImage()
                .orElseThrow(() -> new PanelException(
                        PanelException.Problem.EGG_INVALID,
                        "egg " + egg.id() + ", " + egg.name() + ", names no image (expected: one to run servers in)"));
        return builder().eggId(egg.id()).image(image);
    }
}
