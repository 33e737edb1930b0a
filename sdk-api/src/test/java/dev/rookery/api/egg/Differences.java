package dev.rookery.api.egg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares an egg with what a conversion made of it, part by part and without a look at how conversions work. */
final class Differences {

    private Differences() {}

    /** Converts, writes and reads an egg, and fails if anything differs that the conversion does not name. */
    static void check(Egg egg, EggFormat format) {
        var conversion = EggConversion.of(egg, format);
        if (format == egg.format()) {
            assertThat(conversion.egg()).isEqualTo(egg);
        }
        assertThat(between(egg, conversion.egg()))
                .isEqualTo(conversion.changes().stream()
                        .map(EggChange::path)
                        .collect(Collectors.toCollection(TreeSet::new)));
        for (var syntax : format.syntaxes()) {
            var written = EggWriter.write(conversion.egg(), syntax);
            var again = EggReader.read(written).egg();
            assertThat(again)
                    .as(() -> new String(written, StandardCharsets.UTF_8))
                    .isEqualTo(conversion.egg());
            assertThat(inOrder(again)).isEqualTo(inOrder(conversion.egg()));
        }
    }

    /** Returns the paths of everything that is not the same, in the words of {@link EggChange}. */
    private static Set<String> between(Egg from, Egg to) {
        var paths = new TreeSet<String>();
        differ(paths, "icon", from.icon(), to.icon());
        differ(paths, "docker_images", ordered(from.dockerImages()), ordered(to.dockerImages()));
        differ(paths, "startup_commands", ordered(from.startupCommands()), ordered(to.startupCommands()));
        differ(paths, "startup", from.extras().get("startup"), to.extras().get("startup"));
        differ(paths, "image", from.extras().get("image"), to.extras().get("image"));
        var files = to.config().files();
        from.config().files().forEach((path, file) -> {
            var other = files.get(path);
            differ(paths, DocumentPath.member("config.files", path) + ".find", file.find(), other.find());
        });
        variables(paths, from, to);
        differ(paths, "(rest)", rest(from), rest(to));
        return paths;
    }

    private static void variables(Set<String> paths, Egg from, Egg to) {
        boolean moved = !from.variables().stream()
                .map(Differences::bare)
                .toList()
                .equals(to.variables().stream().map(Differences::bare).toList());
        if (moved) {
            paths.add("variables");
        }
        var left = new ArrayList<>(to.variables());
        for (var variable : from.variables()) {
            var other = left.stream()
                    .filter(v -> bare(v).equals(bare(variable)))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + variable + " in " + to.variables()));
            left.remove(other);
            differ(paths, "variables[*].field_type", variable.fieldType(), other.fieldType());
            differ(paths, "variables[*].sort", sort(variable), sort(other));
            differ(
                    paths,
                    "variables[" + from.variables().indexOf(variable) + "].rules",
                    variable.rules(),
                    other.rules());
        }
        if (!left.isEmpty()) {
            paths.add("(more variables)");
        }
    }

    /** A variable without what conversions may touch. */
    private static EggVariable bare(EggVariable variable) {
        var extras = new LinkedHashMap<>(variable.extras());
        extras.remove("sort");
        return EggVariable.builder()
                .from(variable)
                .fieldType(Optional.empty())
                .sort(OptionalInt.empty())
                .rules(List.of())
                .extras(extras)
                .build();
    }

    private static List<Object> sort(EggVariable variable) {
        return List.of(variable.sort(), Optional.ofNullable(variable.extras().get("sort")));
    }

    /** The egg without what is compared above. */
    private static Egg rest(Egg egg) {
        var extras = new LinkedHashMap<>(egg.extras());
        extras.remove("image");
        extras.remove("startup");
        var files = new LinkedHashMap<String, EggConfig.File>();
        egg.config()
                .files()
                .forEach((path, file) -> files.put(path, new EggConfig.File(file.parser(), Map.of(), file.extras())));
        return Egg.builder()
                .from(egg)
                .format(EggFormat.PTDL_V1)
                .icon(Optional.empty())
                .dockerImages(Map.of())
                .startupCommands(Map.of())
                .variables(List.of())
                .config(new EggConfig(
                        files,
                        egg.config().startup(),
                        egg.config().logs(),
                        egg.config().stop()))
                .extras(extras)
                .build();
    }

    /** Equal maps may differ in their order, which counts here. */
    private static List<Object> ordered(Map<String, String> map) {
        return List.copyOf(map.entrySet());
    }

    private static void differ(Set<String> paths, String path, Object one, Object other) {
        if (!Objects.equals(one, other)) {
            paths.add(path);
        }
    }

    /** Returns an egg as text, in which order shows, without members whose order means nothing. */
    private static String inOrder(Egg egg) {
        return Egg.builder().from(egg).extras(Map.<String, Json>of()).build().toString();
    }
}
