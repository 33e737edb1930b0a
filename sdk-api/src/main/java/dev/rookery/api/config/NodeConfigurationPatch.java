package dev.rookery.api.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.rookery.api.Json;
import dev.rookery.api.Patch;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.immutables.value.Value;

/**
 * Changes a node's configuration: what a panel pushes by {@code POST /api/update} and gives to a node that enrols. What panels send has a
 * field here; the rest is in {@link #others}. Read from JSON tolerantly: names in capitals or not, in the spelling of the file or of
 * Wings' source; numbers and truth values as texts. Source: node API §2.2, panel remote API §8.
 *
 * @param debug whether the node logs more
 * @param appName what the node calls itself in its lines on consoles
 * @param uuid the node's uuid; some panels give a number instead
 * @param tokenId the public half of the node's credentials
 * @param token the secret half
 * @param api the HTTP API
 * @param system the machine
 * @param allowedMounts directories below which servers may mount; nodes refuse to be told
 * @param remote the panel; nodes refuse to be told
 * @param others further keys by name, {@code Json.Null} for one that is {@code null}; also names that nobody knows
 */
@Value.Builder
public record NodeConfigurationPatch(
        @Key("debug") Patch<Boolean> debug,
        @Key("app_name") Patch<String> appName,
        @Key("uuid") Patch<String> uuid,
        @Key("token_id") Patch<String> tokenId,
        @Key("token") Patch<String> token,
        @Key("api") ApiPatch api,
        @Key("system") SystemPatch system,
        @Key("allowed_mounts") Patch<List<String>> allowedMounts,
        @Key("remote") Patch<URI> remote,
        Map<String, Json> others) {

    /**
     * Copies the collections and checks the further keys.
     *
     * @throws dev.rookery.api.InvalidInputException if one has a field of its own, or is not what it takes
     */
    public NodeConfigurationPatch {
        allowedMounts = allowedMounts.map(List::copyOf);
        others = PatchValues.others(others);
    }

    /** Returns a builder that begins with everything left alone. */
    public static NodeConfigurationPatchBuilder builder() {
        return new NodeConfigurationPatchBuilder()
                .debug(Patch.absent())
                .appName(Patch.absent())
                .uuid(Patch.absent())
                .tokenId(Patch.absent())
                .token(Patch.absent())
                .api(ApiPatch.builder().build())
                .system(SystemPatch.builder().build())
                .allowedMounts(Patch.absent())
                .remote(Patch.absent());
    }

    /**
     * Returns the patch with these values.
     *
     * @param values values by the names of their keys, {@code Json.Null} for one that is taken away
     * @throws dev.rookery.api.InvalidInputException if one is not what its key takes
     */
    public static NodeConfigurationPatch of(Map<String, Json> values) {
        return PatchValues.patch(values);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static NodeConfigurationPatch fromJson(Json.Obj document) {
        return PatchValues.patch(PatchValues.fromJson(document));
    }

    /** Returns the document as panels write it. */
    @JsonValue
    public Json.Obj toJson() {
        return PatchValues.toJson(values());
    }

    /** Returns what the patch sets, by the names of the keys, {@code Json.Null} for one that is taken away. */
    public Map<String, Json> values() {
        var values = new LinkedHashMap<>(Binding.write(this, ""));
        values.putAll(others);
        return Collections.unmodifiableMap(values);
    }

    /** Names what is set, and no values: one of them is a secret. */
    @Override
    public String toString() {
        return "NodeConfigurationPatch" + values().keySet();
    }
}
