package dev.rookery.api.egg;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Json;
import dev.rookery.api.egg.EggException.Reason;
import dev.rookery.api.panel.InstallScript;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads eggs of every format in {@link EggFormat}, as JSON and as YAML.
 *
 * <pre>{@code
 * EggReading reading = EggReader.read(Files.readAllBytes(file));
 * reading.warnings().forEach(warning -> log.warn("{}: {}", warning.path(), warning.message()));
 * Egg egg = reading.egg();
 * }</pre>
 *
 * <p>Tolerant: fields are read by their shape, whatever the format says; texts that hold JSON, empty collections of every spelling,
 * {@code 0} and {@code 1} as truth values and numbers as defaults are all understood. What is odd becomes a warning, unknown members are
 * kept. Only a file that is neither JSON nor YAML, too large, of an unknown format, without a name, or with a member of a senseless shape
 * is refused, and the exception names the place.
 */
public final class EggReader {

    private static final Set<String> UNDERSTOOD = Set.of(
            "meta",
            "exported_at",
            "name",
            "author",
            "uuid",
            "description",
            "icon",
            "tags",
            "features",
            "docker_images",
            "file_denylist",
            "config",
            "scripts",
            "variables");

    /** Panels leave them empty where the format has another place for what they held. */
    private static final Set<String> OLDER_SPELLINGS = Set.of("image", "images", "startup", "startup_commands");

    private final EggDocument documents;
    private final Warnings warnings;
    private final EggNode root;
    /** Top-level members that were understood although the format has no place for them. */
    private final Set<String> taken = new LinkedHashSet<>();
    /** What was no use in members that were understood. */
    private final Map<String, Json> leftAside = new LinkedHashMap<>();

    private EggReader(EggDocument documents, Warnings warnings, EggNode root) {
        this.documents = documents;
        this.warnings = warnings;
        this.root = root;
    }

    /**
     * Reads an egg within the default bounds.
     *
     * @param file the file, UTF-8 with or without byte order mark
     * @throws EggException if it cannot be read
     */
    public static EggReading read(byte[] file) {
        return read(file, EggReaderOptions.defaults());
    }

    /**
     * Reads an egg within the default bounds.
     *
     * @param file what the file holds
     * @throws EggException if it cannot be read
     */
    public static EggReading read(String file) {
        return read(file.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads an egg.
     *
     * @param file the file, UTF-8 with or without byte order mark
     * @param options its bounds
     * @throws EggException if it cannot be read
     */
    public static EggReading read(byte[] file, EggReaderOptions options) {
        requireNonNull(file, "file");
        var warnings = new Warnings();
        var documents = new EggDocument(requireNonNull(options, "options"), warnings);
        var document = documents.parse(file);
        var root = new EggNode(document, "", warnings);
        if (!(root.json() instanceof Json.Obj)) {
            throw root.wrongType("an egg, which is an object");
        }
        var egg = new EggReader(documents, warnings, root).egg();
        return new EggReading(egg, warnings.list(), document);
    }

    private Egg egg() {
        var format = format();
        var name = root.member("name");
        var config = new ConfigReader(documents, warnings).read(root.member("config"));
        return Egg.builder()
                .format(format)
                .uuid(root.member("uuid").filledText())
                .name(name.filledText().orElseThrow(() -> name.missing("a text, not blank")))
                .author(root.member("author").text())
                .description(root.member("description").text())
                .updateUrl(updateUrl())
                .exportedAt(root.member("exported_at").filledText())
                .icon(icon())
                .tags(root.member("tags").filledTexts())
                .features(
                        root.member("features").absent()
                                ? Optional.empty()
                                : Optional.of(root.member("features").filledTexts()))
                .dockerImages(images())
                .fileDenylist(root.member("file_denylist").filledTexts())
                .startupCommands(startupCommands())
                .config(config.config())
                .installation(installation())
                .variables(VariableReader.read(root.member("variables")))
                .extras(extras(config.extras()))
                .build();
    }

    private EggFormat format() {
        var version = root.member("meta").member("version");
        if (version.absent()) {
            throw new EggException(
                    Reason.UNKNOWN_FORMAT,
                    version.path(),
                    version.place(),
                    "egg: 'meta.version' is missing (expected: " + EggFormat.versions() + ")",
                    null);
        }
        return EggFormat.find(version.text())
                .orElseThrow(() -> new EggException(
                        Reason.UNKNOWN_FORMAT,
                        version.path(),
                        version.place(),
                        "egg format: " + Warnings.quote(version.text()) + " at " + version.place() + " (expected: "
                                + EggFormat.versions() + ")",
                        null));
    }

    private Optional<String> updateUrl() {
        var url = root.member("meta").member("update_url");
        if (url.text().equals("null")) {
            url.warn(EggRule.NULL_TEXT, "is the text 'null'; taken as missing");
            return Optional.empty();
        }
        return url.filledText();
    }

    /** Pelican's third format had the picture under {@code image} before it moved to {@code icon}. */
    private Optional<String> icon() {
        var icon = root.member("icon");
        var image = root.member("image");
        if (!icon.empty()
                || !(image.json() instanceof Json.Text text)
                || !text.value().startsWith("data:")) {
            return icon.filledText();
        }
        taken.add("image");
        return image.filledText();
    }

    private Map<String, String> images() {
        var images = imagesByLabel(root.member("docker_images"));
        boolean old = root.member("meta").member("version").text().equals(EggFormat.PTDL_V1.version());
        for (var older : new String[] {"images", "image"}) {
            var node = root.member(older);
            if (images.isEmpty() && !node.empty() && !taken.contains(older)) {
                if (!old) {
                    node.warn(EggRule.IMAGE_PLACE, "holds the runtime image, which belongs into 'docker_images'");
                }
                images = imagesByLabel(node);
                taken.add(older);
            }
        }
        if (images.isEmpty()) {
            root.member("docker_images").warn(EggRule.NO_IMAGE, "names no image; one has to be given for each server");
        }
        return images;
    }

    private Map<String, String> imagesByLabel(EggNode node) {
        var images = new LinkedHashMap<String, String>();
        var unused = new LinkedHashMap<String, Json>();
        if (node.json() instanceof Json.Text text && !node.empty()) {
            return Map.of(text.value(), text.value().trim());
        }
        if (!(node.json() instanceof Json.Obj)) {
            node.filledTexts().forEach(image -> images.put(image, image.trim()));
            return images;
        }
        node.map().forEach((label, value) -> {
            var image = value.text();
            if (image.isBlank()) {
                value.warn(EggRule.LEFT_ASIDE, "names no image; left aside");
                unused.put(label, value.json());
                return;
            }
            if (!image.trim().equals(image)) {
                value.warn(EggRule.IMAGE_BLANKS, "has blanks around the image; they are removed");
            }
            images.put(label, image.trim());
        });
        put(leftAside, node.path(), unused);
        return images;
    }

    private Map<String, String> startupCommands() {
        var commands = new LinkedHashMap<String, String>();
        var named = root.member("startup_commands");
        var single = root.member("startup");
        if (named.json() instanceof Json.Text text && !named.empty()) {
            named.warn(EggRule.SHAPE, "is a text where an object is expected; taken as the only command");
            commands.put("Default", text.value());
        } else {
            named.map().forEach((name, command) -> commands.put(name, command.text()));
        }
        taken.add("startup_commands");
        if (commands.isEmpty() || single.empty()) {
            taken.add("startup");
            single.filledText().ifPresent(command -> commands.put("Default", command));
        } else {
            single.warn(EggRule.LEFT_ASIDE, "is left aside, because there is 'startup_commands'");
        }
        if (commands.isEmpty()) {
            root.warn(EggRule.NO_STARTUP, "has no startup command; one has to be given for each server");
        }
        return commands;
    }

    private InstallScript installation() {
        var node = root.member("scripts").member("installation");
        var script = node.member("script").text();
        if (script.isBlank()) {
            node.member("script").warn(EggRule.NO_SCRIPT, "is empty; nothing will be installed");
        } else if (node.member("container").empty()) {
            node.member("container").warn(EggRule.NO_INSTALL_IMAGE, "names no image, so the script cannot run");
        }
        return new InstallScript(
                node.member("container").text().trim(),
                node.member("entrypoint").filledText().orElse("bash").trim(),
                script);
    }

    private Map<String, Json> extras(Map<String, Json> ofConfig) {
        var known = new LinkedHashSet<>(UNDERSTOOD);
        known.addAll(taken);
        var extras = new LinkedHashMap<>(root.others(known));
        OLDER_SPELLINGS.stream().filter(name -> root.member(name).empty()).forEach(extras::remove);
        leftAside.forEach(extras::put);
        put(extras, "meta", root.member("meta").others(Set.of("version", "update_url")));
        put(extras, "config", ofConfig);
        var scripts = root.member("scripts");
        var ofScripts = new LinkedHashMap<>(scripts.others(Set.of("installation")));
        put(
                ofScripts,
                "installation",
                scripts.member("installation").others(Set.of("script", "container", "entrypoint")));
        put(extras, "scripts", ofScripts);
        return extras;
    }

    private static void put(Map<String, Json> extras, String name, Map<String, Json> members) {
        if (!members.isEmpty()) {
            extras.put(name, new Json.Obj(members));
        }
    }
}
