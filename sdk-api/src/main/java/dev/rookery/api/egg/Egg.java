package dev.rookery.api.egg;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Json;
import dev.rookery.api.panel.InstallScript;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * A template for servers of one program: which images may run it and how it is installed, configured, started and stopped. Source:
 * eggs §3.
 *
 * <p>Whatever the format of the file, an egg has this one shape. Maps and lists keep the order of the file, texts every character of
 * it.
 *
 * @param format the format of the file it came from
 * @param uuid its identity across panels; only Pelican's files carry one, and not every one is unique
 * @param name what people call it, never blank
 * @param author an e-mail address
 * @param description free text
 * @param updateUrl where a newer version of this file is found
 * @param exportedAt when the file was written, as it was written
 * @param icon a picture as data URI; its media type is a claim of the file
 * @param tags what it is filed under
 * @param features ids of hints for the user interface; empty if the file leaves them to a parent egg
 * @param dockerImages runtime image by label; the first one is the default
 * @param fileDenylist gitignore patterns of files that people may not touch
 * @param startupCommands command by name, placeholders unresolved; the first one is the default
 * @param config how the process is configured, started and stopped
 * @param installation how a server is installed; a blank script means not at all
 * @param variables what can be set, in the order of the file
 * @param extras members of the document that this model has no place for, in the structure of the document
 */
@Value.Builder
public record Egg(
        EggFormat format,
        Optional<String> uuid,
        String name,
        String author,
        String description,
        Optional<String> updateUrl,
        Optional<String> exportedAt,
        Optional<String> icon,
        List<String> tags,
        Optional<List<String>> features,
        Map<String, String> dockerImages,
        List<String> fileDenylist,
        Map<String, String> startupCommands,
        EggConfig config,
        InstallScript installation,
        List<EggVariable> variables,
        Map<String, Json> extras) {

    /** Copies the collections. */
    public Egg {
        requireNonNull(format, "format");
        requireNonNull(name, "name");
        requireNonNull(config, "config");
        requireNonNull(installation, "installation");
        tags = List.copyOf(tags);
        features = features.map(List::copyOf);
        dockerImages = ordered(dockerImages);
        fileDenylist = List.copyOf(fileDenylist);
        startupCommands = ordered(startupCommands);
        variables = List.copyOf(variables);
        extras = ordered(extras);
    }

    /** Returns a builder. */
    public static EggBuilder builder() {
        return new EggBuilder();
    }

    /** Returns the image that a server gets unless another one is chosen; empty if the egg names none. */
    public Optional<String> defaultImage() {
        return dockerImages.values().stream().findFirst();
    }

    /** Returns the startup command that a server gets unless another one is chosen; empty if the egg has none. */
    public Optional<String> defaultStartup() {
        return startupCommands.values().stream().findFirst();
    }

    /** Returns the variables as people shall see them: by their {@code sort} number, those without one last. */
    public List<EggVariable> variablesInDisplayOrder() {
        return variables.stream()
                .sorted(Comparator.comparingLong(variable ->
                        variable.sort().isPresent() ? variable.sort().getAsInt() : Long.MAX_VALUE))
                .toList();
    }

    static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
