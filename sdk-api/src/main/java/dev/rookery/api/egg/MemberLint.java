package dev.rookery.api.egg;

import dev.rookery.api.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Looks at what an egg says of itself: format, author, picture, images. Source: eggs §2, §3. */
final class MemberLint {

    private static final Pattern EMAIL =
            Pattern.compile("[^\\s@]{1,64}@[^\\s@]{1,190}\\.[^\\s@.]{2,60}|[^\\s@]{1,64}@localhost");
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Set<String> FEATURES =
            Set.of("eula", "java_version", "pid_limit", "steam_disk_space", "gsl_token");
    private static final Set<String> UNREAD =
            Set.of("_comment", "image", "images", "startup", "config", "scripts", "meta");
    private static final int NAME_MAX = 191;
    private static final int DESCRIPTION_MAX = 1024;
    private static final int HEAD = 24;

    private MemberLint() {}

    static void check(Egg egg, EggFindings found) {
        format(egg, found);
        if (!EMAIL.matcher(egg.author()).matches()) {
            found.add(EggRule.AUTHOR, "author", Warnings.quote(egg.author()) + " (expected: an e-mail address)");
        }
        egg.uuid()
                .filter(uuid -> !UUID.matcher(uuid).matches())
                .ifPresent(uuid -> found.add(EggRule.UUID, "uuid", Warnings.quote(uuid) + " (expected: a UUID)"));
        lengths(egg, found);
        egg.icon().ifPresent(icon -> icon(icon, found));
        egg.features()
                .ifPresent(features -> features.stream()
                        .filter(feature -> !FEATURES.contains(feature.toLowerCase(Locale.ROOT)))
                        .forEach(feature -> found.add(
                                EggRule.UNKNOWN_FEATURE,
                                "features",
                                Warnings.quote(feature) + " (expected: one of " + FEATURES + ")")));
        egg.extras().keySet().stream()
                .filter(name -> !UNREAD.contains(name))
                .forEach(name ->
                        found.add(EggRule.UNKNOWN_MEMBER, DocumentPath.member("", name), "is read by no panel"));
        egg.dockerImages().forEach((label, image) -> image(label, image, found));
    }

    private static void format(Egg egg, EggFindings found) {
        if (egg.format() != EggFormat.PTDL_V2 && egg.format() != EggFormat.PLCN_V3) {
            var newer = egg.format().pterodactyl() ? EggFormat.PTDL_V2 : EggFormat.PLCN_V3;
            found.add(
                    EggRule.DEPRECATED_FORMAT,
                    "meta.version",
                    egg.format().version() + " (expected: " + newer.version() + ")");
        }
    }

    private static void lengths(Egg egg, EggFindings found) {
        if (egg.name().length() > NAME_MAX) {
            found.add(
                    EggRule.TOO_LONG,
                    "name",
                    egg.name().length() + " characters (expected: at most " + NAME_MAX + ", for Pterodactyl)");
        }
        if (egg.description().length() > DESCRIPTION_MAX) {
            found.add(
                    EggRule.TOO_LONG,
                    "description",
                    egg.description().length() + " characters (expected: at most " + DESCRIPTION_MAX
                            + ", for Calagopus)");
        }
    }

    private static void icon(String icon, EggFindings found) {
        int comma = icon.indexOf(',');
        var head = comma < 0 ? "" : icon.substring(0, comma);
        var claimed = head.replaceFirst("data:([^;]{0,40}).*", "$1");
        var kind = comma < 0 ? "" : sniffed(icon.substring(comma + 1, Math.min(icon.length(), comma + 1 + HEAD)));
        if (kind.isEmpty() || !claimed.equals(kind)) {
            found.add(
                    EggRule.ICON,
                    "icon",
                    kind.isEmpty()
                            ? "is no picture that panels store (expected: png, jpeg or webp)"
                            : "says " + Warnings.quote(claimed) + ", and is " + kind);
        }
    }

    private static String sniffed(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getMimeDecoder().decode(base64.substring(0, base64.length() / 4 * 4));
        } catch (IllegalArgumentException ignored) {
            // No picture, then.
            return "";
        }
        var head = new String(bytes, StandardCharsets.ISO_8859_1);
        if (head.startsWith("\u0089PNG")) {
            return "image/png";
        }
        if (head.startsWith("\u00ff\u00d8\u00ff")) {
            return "image/jpeg";
        }
        return head.startsWith("RIFF") && head.startsWith("WEBP", 8) ? "image/webp" : "";
    }

    private static void image(String label, String image, EggFindings found) {
        var path = DocumentPath.member("docker_images", label);
        var name = image.substring(image.lastIndexOf('/') + 1);
        if (!image.contains("@sha256:") && name.indexOf(':') < 0) {
            found.add(EggRule.IMAGE_TAG, path, Warnings.quote(image) + " has no tag, which means 'latest'");
        }
    }

    /** Returns every text in a value, for checks that look at all of them. */
    static void texts(Json json, Consumer<String> each) {
        if (json instanceof Json.Text text) {
            each.accept(text.value());
        } else if (json instanceof Json.Obj object) {
            object.members().values().forEach(member -> texts(member, each));
        } else if (json instanceof Json.Array array) {
            array.items().forEach(item -> texts(item, each));
        }
    }
}
