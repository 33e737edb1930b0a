package dev.rookery.api.panel;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.Json;
import dev.rookery.api.ServerId;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * What a node is told about a server. Source: panel remote API §5.
 *
 * @param id the panel's number for the server; only some panels send it
 * @param uuid the server
 * @param meta name and description
 * @param suspended whether it may not run
 * @param environment variables of the container, in order; values are texts whatever the panel wrote
 * @param invocation the startup command, placeholders unresolved
 * @param skipEggScripts whether to leave out the install script
 * @param build limits
 * @param container the image
 * @param allocations addresses and ports
 * @param mounts host directories to mount
 * @param labels labels of the container
 * @param egg what the node needs of the egg
 * @param crashDetectionEnabled whether to restart after a crash; empty means the node decides
 * @param further what only some panels send, such as Calagopus' {@code schedules}, {@code backups} and {@code auto_kill}; kept as it is
 */
@Value.Builder
public record ServerSettings(
        @JsonProperty("id") OptionalInt id,
        @JsonProperty("uuid") ServerId uuid,
        @JsonProperty("meta") Meta meta,
        @JsonProperty("suspended") boolean suspended,
        @JsonProperty("environment") Map<String, String> environment,
        @JsonProperty("invocation") String invocation,
        @JsonProperty("skip_egg_scripts") boolean skipEggScripts,
        @JsonProperty("build") Build build,
        @JsonProperty("container") Container container,
        @JsonProperty("allocations") Allocations allocations,
        @JsonProperty("mounts") List<Mount> mounts,
        @JsonProperty("labels") Map<String, String> labels,
        @JsonProperty("egg") EggReference egg,
        @JsonProperty("crash_detection_enabled") Optional<Boolean> crashDetectionEnabled,
        @JsonAnySetter @JsonAnyGetter Map<String, Json> further) {

    /** Fills in what the panel left out; uuid, build and container have to be there. */
    public ServerSettings {
        requireNonNull(uuid, "uuid");
        requireNonNull(build, "build");
        requireNonNull(container, "container");
        id = id == null ? OptionalInt.empty() : id;
        meta = meta == null ? new Meta("", "") : meta;
        environment = ordered(environment);
        invocation = invocation == null ? "" : invocation;
        allocations = allocations == null ? Allocations.none() : allocations;
        mounts = mounts == null ? List.of() : List.copyOf(mounts);
        labels = ordered(labels);
        egg = egg == null ? new EggReference("", List.of(), Map.of()) : egg;
        further = Further.copy(further);
        crashDetectionEnabled = crashDetectionEnabled == null ? Optional.empty() : crashDetectionEnabled;
    }

    /** Returns a builder. */
    public static ServerSettingsBuilder builder() {
        return new ServerSettingsBuilder();
    }

    private static Map<String, String> ordered(Map<String, String> map) {
        if (map == null) {
            return Map.of();
        }
        var copy = new LinkedHashMap<String, String>();
        map.forEach((key, value) -> copy.put(key, value == null ? "" : value));
        return Collections.unmodifiableMap(copy);
    }

    /**
     * What people call the server.
     *
     * @param name its name
     * @param description free text
     */
    public record Meta(
            @JsonProperty("name") String name,
            @JsonProperty("description") String description) {

        /** Fills in what the panel left out. */
        public Meta {
            name = name == null ? "" : name;
            description = description == null ? "" : description;
        }
    }

    /**
     * The image a server runs in.
     *
     * @param image its reference; a leading {@code ~} means never pull
     * @param further what only some panels send, such as Calagopus' {@code timezone} and {@code seccomp}; kept as it is
     */
    public record Container(
            @JsonProperty("image") String image,
            @JsonAnySetter @JsonAnyGetter Map<String, Json> further) {

        /** Checks its argument. */
        public Container {
            requireNonNull(image, "image");
            further = Further.copy(further);
        }

        /** Creates a container with nothing but an image. */
        public Container(String image) {
            this(image, Map.of());
        }
    }

    /**
     * A host directory in the container.
     *
     * @param source path on the host
     * @param target path in the container
     * @param readOnly whether the server may not write there
     */
    public record Mount(
            @JsonProperty("source") String source,
            @JsonProperty("target") String target,
            @JsonProperty("read_only") boolean readOnly) {}

    /**
     * What a node needs of the egg.
     *
     * @param id the egg's uuid
     * @param fileDenylist gitignore patterns of files that may not be touched
     * @param features console texts per feature id, as the panel wrote them
     * @param further what only some panels send; kept as it is
     */
    public record EggReference(
            @JsonProperty("id") String id,
            @JsonProperty("file_denylist") List<String> fileDenylist,
            @JsonProperty("features") Map<String, Json> features,
            @JsonAnySetter @JsonAnyGetter Map<String, Json> further) {

        /** Copies the collections. */
        public EggReference {
            id = id == null ? "" : id;
            fileDenylist = fileDenylist == null ? List.of() : List.copyOf(fileDenylist);
            features = features == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(features));
            further = Further.copy(further);
        }

        /** Creates a reference with nothing but what every panel sends. */
        public EggReference(String id, List<String> fileDenylist, Map<String, Json> features) {
            this(id, fileDenylist, features, Map.of());
        }

        /**
         * Reads whatever a panel wrote: what is malformed is left out, since a server runs without any of it. Flamingo writes features
         * as a list, and PHP a list with gaps as an object. Source: daemon behaviour §11.1.
         */
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static EggReference fromWire(Json json) {
            var members = new LinkedHashMap<>(json instanceof Json.Obj object ? object.members() : Map.of());
            var id = members.remove("id");
            var denylist = members.remove("file_denylist");
            var features = members.remove("features");
            return new EggReference(
                    text(id),
                    items(denylist).stream()
                            .map(EggReference::text)
                            .filter(pattern -> !pattern.isEmpty())
                            .toList(),
                    features instanceof Json.Obj object ? object.members() : Map.of(),
                    members);
        }

        private static Collection<Json> items(@Nullable Json json) {
            if (json instanceof Json.Array array) {
                return array.items();
            }
            return json instanceof Json.Obj object ? object.members().values() : List.of();
        }

        private static String text(@Nullable Json json) {
            if (json instanceof Json.Num number) {
                return number.value().toPlainString();
            }
            return json instanceof Json.Text text ? text.value() : "";
        }
    }
}
