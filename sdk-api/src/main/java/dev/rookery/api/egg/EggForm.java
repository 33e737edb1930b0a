package dev.rookery.api.egg;

import dev.rookery.api.Json;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The document of an egg, members in the order in which the panels write them. Source: eggs §3. */
final class EggForm {

    private static final String DEFAULT = "Default";

    private final Egg egg;
    private final EggSyntax syntax;
    private final Map<String, Json> document = new LinkedHashMap<>();

    EggForm(Egg egg, EggSyntax syntax) {
        this.egg = egg;
        this.syntax = syntax;
    }

    Json.Obj document() {
        boolean pelican = !egg.format().pterodactyl();
        optional("_comment", Optional.ofNullable(egg.extras().get("_comment")));
        document.put("meta", meta());
        optional("exported_at", egg.exportedAt().map(Json.Text::new));
        put("name", egg.name());
        put("author", egg.author());
        optional("uuid", egg.uuid().map(Json.Text::new));
        put("description", egg.description());
        optional("icon", egg.icon().map(Json.Text::new));
        if (pelican || !egg.tags().isEmpty()) {
            document.put("tags", texts(egg.tags()));
        }
        document.put("features", egg.features().map(EggForm::texts).orElse(Json.Null.INSTANCE));
        putImages();
        document.put("file_denylist", texts(egg.fileDenylist()));
        putStartup();
        document.put("config", new ConfigForm(egg.config(), members("config"), syntax).document());
        document.put("scripts", scripts());
        document.put(
                "variables",
                new Json.Array(egg.variables().stream().map(this::variable).toList()));
        egg.extras().forEach(document::putIfAbsent);
        return new Json.Obj(document);
    }

    /** Returns what a list of rules is as a text; empty if cutting the text would give other rules. */
    static Optional<String> ruleText(List<String> rules) {
        var text = String.join("|", rules);
        var cut = text.isEmpty() ? List.<String>of() : List.of(text.split("\\|", -1));
        return Optional.of(text).filter(joined -> cut.equals(rules));
    }

    /** Returns whether a list of images says as much as these images with their labels do. */
    static boolean labelsAreImages(Map<String, String> images) {
        return images.entrySet().stream()
                .allMatch(image -> image.getKey().trim().equals(image.getValue()));
    }

    private Json meta() {
        var meta = new LinkedHashMap<String, Json>();
        meta.put("version", new Json.Text(egg.format().version()));
        meta.put("update_url", egg.updateUrl().<Json>map(Json.Text::new).orElse(Json.Null.INSTANCE));
        members("meta").forEach(meta::putIfAbsent);
        return new Json.Obj(meta);
    }

    private void putImages() {
        var images = egg.dockerImages();
        boolean list = egg.format() == EggFormat.PTDL_V1
                && labelsAreImages(images)
                && !egg.extras().containsKey("images")
                && !egg.extras().containsKey("docker_images");
        if (list) {
            document.put("images", texts(List.copyOf(images.keySet())));
            return;
        }
        var labelled = new LinkedHashMap<String, Json>();
        images.forEach((label, image) -> labelled.put(label, new Json.Text(image)));
        members("docker_images").forEach(labelled::putIfAbsent);
        document.put("docker_images", new Json.Obj(labelled));
    }

    private void putStartup() {
        var commands = egg.startupCommands();
        boolean several = egg.format() == EggFormat.PLCN_V3 || egg.extras().containsKey("startup");
        if (!several && commands.isEmpty()) {
            put("startup", "");
        } else if (!several
                && commands.size() == 1
                && !commands.getOrDefault(DEFAULT, "").isBlank()) {
            put("startup", commands.getOrDefault(DEFAULT, ""));
        } else {
            var named = new LinkedHashMap<String, Json>();
            commands.forEach((name, command) -> named.put(name, new Json.Text(command)));
            document.put("startup_commands", new Json.Obj(named));
        }
    }

    private Json scripts() {
        var extras = new LinkedHashMap<>(members("scripts"));
        var installation = new LinkedHashMap<String, Json>();
        installation.put("script", new Json.Text(egg.installation().script()));
        installation.put("container", new Json.Text(egg.installation().containerImage()));
        installation.put("entrypoint", new Json.Text(egg.installation().entrypoint()));
        membersOf(extras.remove("installation")).forEach(installation::putIfAbsent);
        var scripts = new LinkedHashMap<String, Json>();
        scripts.put("installation", new Json.Obj(installation));
        extras.forEach(scripts::putIfAbsent);
        return new Json.Obj(scripts);
    }

    private Json variable(EggVariable variable) {
        var members = new LinkedHashMap<String, Json>();
        members.put("name", new Json.Text(variable.name()));
        members.put("description", new Json.Text(variable.description()));
        members.put("env_variable", new Json.Text(variable.envVariable()));
        members.put("default_value", new Json.Text(variable.defaultValue()));
        members.put("user_viewable", new Json.Bool(variable.userViewable()));
        members.put("user_editable", new Json.Bool(variable.userEditable()));
        var text = egg.format().pterodactyl() ? ruleText(variable.rules()) : Optional.<String>empty();
        members.put("rules", text.<Json>map(Json.Text::new).orElseGet(() -> texts(variable.rules())));
        variable.fieldType().ifPresent(type -> members.put("field_type", new Json.Text(type)));
        variable.sort().ifPresent(sort -> members.put("sort", new Json.Num(BigDecimal.valueOf(sort))));
        variable.extras().forEach(members::putIfAbsent);
        if (!egg.format().pterodactyl()) {
            members.putIfAbsent("sort", Json.Null.INSTANCE);
        }
        return new Json.Obj(members);
    }

    private void put(String name, String text) {
        document.put(name, new Json.Text(text));
    }

    private void optional(String name, Optional<? extends Json> value) {
        value.ifPresent(json -> document.put(name, json));
    }

    private Map<String, Json> members(String name) {
        return membersOf(egg.extras().get(name));
    }

    static Map<String, Json> membersOf(@Nullable Json json) {
        return json instanceof Json.Obj object ? object.members() : Map.of();
    }

    private static Json texts(List<String> texts) {
        return new Json.Array(texts.stream().<Json>map(Json.Text::new).toList());
    }

    /** The members of {@code config}. Source: eggs §4.1. */
    record ConfigForm(EggConfig config, Map<String, Json> extras, EggSyntax syntax) {

        private static final Set<String> ENCODED = Set.of("files", "startup", "logs");

        Json document() {
            var members = new LinkedHashMap<String, Json>();
            members.put("files", member("files", files()));
            members.put("startup", member("startup", startup()));
            members.put("logs", member("logs", config.logs()));
            members.put("stop", new Json.Text(config.stop()));
            extras.forEach((name, value) -> {
                if (!ENCODED.contains(name)) {
                    members.putIfAbsent(name, value);
                }
            });
            return new Json.Obj(members);
        }

        /**
         * A text that should have held JSON goes back as it came, unless there is something in its place by now; a text as a value has to be
         * told from one.
         */
        private Json member(String name, Json value) {
            boolean blank = value instanceof Json.Null
                    || (value instanceof Json.Text text && text.value().isBlank());
            boolean empty = blank
                    || (value instanceof Json.Obj object && object.members().isEmpty());
            if (empty && extras.get(name) instanceof Json.Text text) {
                return text;
            }
            if (blank) {
                return value;
            }
            return syntax == EggSyntax.JSON || value instanceof Json.Text
                    ? new Json.Text(JsonText.write(value))
                    : value;
        }

        private Json files() {
            var files = new LinkedHashMap<String, Json>();
            config.files().forEach((path, file) -> {
                var members = new LinkedHashMap<String, Json>();
                members.put("parser", new Json.Text(file.parser()));
                members.put("find", new Json.Obj(file.find()));
                file.extras().forEach(members::putIfAbsent);
                files.put(path, new Json.Obj(members));
            });
            membersOf(extras.get("files")).forEach(files::putIfAbsent);
            return new Json.Obj(files);
        }

        private Json startup() {
            var startup = config.startup();
            var members = new LinkedHashMap<String, Json>();
            if (startup.done().size() == 1) {
                members.put("done", new Json.Text(startup.done().get(0)));
            } else if (!startup.done().isEmpty()) {
                members.put("done", texts(startup.done()));
            }
            if (startup.stripAnsi()) {
                members.put("strip_ansi", new Json.Bool(true));
            }
            startup.extras().forEach(members::putIfAbsent);
            return new Json.Obj(members);
        }
    }
}
