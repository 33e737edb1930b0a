package dev.rookery.api.egg;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import dev.rookery.api.Json;
import dev.rookery.api.egg.EggChange.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An egg in another format, and what became of it on the way: whatever {@link #changes()} does not name is equal. Source: eggs §7.
 *
 * <p>A uuid and tags go into every format, and so do members that nobody knows: the panels that do not read them pass them over.
 *
 * @param egg the egg in its new format
 * @param changes what is different; empty for an egg that has that format already
 */
@Incubating
public record EggConversion(Egg egg, List<EggChange> changes) {

    private static final String DEFAULT = "Default";

    /** Copies the list. */
    public EggConversion {
        requireNonNull(egg, "egg");
        changes = List.copyOf(changes);
    }

    /** Converts an egg. */
    public static EggConversion of(Egg egg, EggFormat format) {
        requireNonNull(format, "format");
        if (egg.format() == format) {
            return new EggConversion(egg, List.of());
        }
        return new Steps(egg, format).convert();
    }

    private static final class Steps {

        private final Egg from;
        private final EggFormat format;
        private final Map<String, Json> extras;
        private final List<EggChange> changes = new ArrayList<>();

        Steps(Egg from, EggFormat format) {
            this.from = from;
            this.format = format;
            this.extras = new LinkedHashMap<>(from.extras());
        }

        EggConversion convert() {
            var egg = Egg.builder()
                    .from(from)
                    .format(format)
                    .icon(icon())
                    .dockerImages(images())
                    .startupCommands(startupCommands())
                    .config(config())
                    .variables(variables())
                    .extras(extras)
                    .build();
            return new EggConversion(egg, changes);
        }

        private Optional<String> icon() {
            if (format == EggFormat.PLCN_V3) {
                return from.icon();
            }
            if (extras.get("image") instanceof Json.Text text && text.value().startsWith("data:")) {
                extras.remove("image");
                leftOut("image", "a picture has no place");
            }
            if (from.icon().isPresent()) {
                leftOut("icon", "a picture has no place");
            }
            return Optional.empty();
        }

        private Map<String, String> images() {
            if (format != EggFormat.PTDL_V1 || EggForm.labelsAreImages(from.dockerImages())) {
                return from.dockerImages();
            }
            var images = new LinkedHashMap<String, String>();
            from.dockerImages().values().forEach(image -> images.put(image, image));
            leftOut("docker_images", "images have no labels");
            return images;
        }

        private Map<String, String> startupCommands() {
            var commands = from.startupCommands();
            if (format == EggFormat.PLCN_V3 || commands.isEmpty()) {
                return commands;
            }
            if (commands.size() == 1 && !commands.getOrDefault(DEFAULT, "").isBlank()) {
                return commands;
            }
            var first = commands.entrySet().stream()
                    .filter(command -> !command.getValue().isBlank())
                    .findFirst();
            leftOut(
                    "startup_commands",
                    "there is one command, without a name: "
                            + first.map(command -> Warnings.quote(command.getKey()) + " is kept")
                                    .orElse("and it is not blank"));
            if (first.isEmpty() && extras.remove("startup") != null) {
                leftOut("startup", "it would become the command");
            }
            return first.map(command -> Map.of(DEFAULT, command.getValue())).orElse(Map.of());
        }

        private EggConfig config() {
            if (format.pterodactyl() == from.format().pterodactyl()) {
                return from.config();
            }
            var words = format.pterodactyl() ? PlaceholderWords.PTERODACTYL : PlaceholderWords.PELICAN;
            var files = new LinkedHashMap<String, EggConfig.File>();
            from.config().files().forEach((path, file) -> {
                var find = new LinkedHashMap<String, Json>();
                file.find().forEach((match, value) -> find.put(match, words.translate(value)));
                if (!find.equals(file.find())) {
                    rewritten(
                            DocumentPath.member("config.files", path) + ".find",
                            "placeholders are in the words of " + (format.pterodactyl() ? "Pterodactyl" : "Pelican"));
                }
                files.put(path, new EggConfig.File(file.parser(), find, file.extras()));
            });
            return new EggConfig(
                    files,
                    from.config().startup(),
                    from.config().logs(),
                    from.config().stop());
        }

        private List<EggVariable> variables() {
            return format.pterodactyl() ? variablesOfPterodactyl() : variablesOfPelican();
        }

        private List<EggVariable> variablesOfPelican() {
            if (from.variables().stream()
                    .allMatch(variable -> variable.fieldType().isEmpty())) {
                return from.variables();
            }
            leftOut("variables[*].field_type", "the kind of a field is told by its rules");
            return from.variables().stream()
                    .map(variable -> EggVariable.builder()
                            .from(variable)
                            .fieldType(Optional.empty())
                            .build())
                    .toList();
        }

        private List<EggVariable> variablesOfPterodactyl() {
            boolean sorted = from.variables().stream()
                    .anyMatch(variable ->
                            variable.sort().isPresent() || variable.extras().containsKey("sort"));
            var ordered = from.variablesInDisplayOrder();
            if (sorted) {
                leftOut("variables[*].sort", "variables have no sort number, and an import with one fails");
            }
            if (!ordered.equals(from.variables())) {
                rewritten("variables", "they stand in the order of their sort numbers");
            }
            var places = new HashMap<EggVariable, Integer>();
            for (int i = 0; i < from.variables().size(); i++) {
                places.putIfAbsent(from.variables().get(i), i);
            }
            var variables = new ArrayList<EggVariable>();
            for (var variable : ordered) {
                var rest = new LinkedHashMap<>(variable.extras());
                rest.remove("sort");
                variables.add(EggVariable.builder()
                        .from(variable)
                        .sort(OptionalInt.empty())
                        .extras(rest)
                        .rules(ruleTexts(places.getOrDefault(variable, 0), variable.rules()))
                        .build());
            }
            return variables;
        }

        /** Pterodactyl cuts a text of rules at every bar. */
        private List<String> ruleTexts(int index, List<String> rules) {
            if (EggForm.ruleText(rules).isPresent()) {
                return rules;
            }
            var whole = rules.stream().filter(rule -> rule.indexOf('|') < 0).toList();
            leftOut(
                    "variables[" + index + "].rules",
                    whole.size() < rules.size()
                            ? "a rule that holds a bar would be cut there; it is left out"
                            : "a list of one blank rule is an empty text");
            return EggForm.ruleText(whole).isPresent() ? whole : List.of();
        }

        private void leftOut(String path, String why) {
            changes.add(new EggChange(Kind.LEFT_OUT, path, "left out: " + format.version() + ": " + why));
        }

        private void rewritten(String path, String how) {
            changes.add(new EggChange(Kind.REWRITTEN, path, "rewritten: " + format.version() + ": " + how));
        }
    }
}
