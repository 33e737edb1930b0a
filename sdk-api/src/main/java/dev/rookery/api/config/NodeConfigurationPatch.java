package dev.rookery.api.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.Patch;
import java.net.URI;
import java.util.List;
import org.immutables.value.Value;

/**
 * Changes a node's configuration: what a panel pushes by {@code POST /api/update} and gives to a node that enrols. Source: node API §2.2,
 * panel remote API §8.
 *
 * @param debug whether the node logs more
 * @param appName the name in the node's console lines
 * @param uuid the node's uuid; some panels send a number
 * @param tokenId the public half of the node's credentials
 * @param token the secret half
 * @param api the API
 * @param system the machine
 * @param allowedMounts the host paths that servers may mount; nodes refuse to be told
 * @param remote the panel's URL; nodes refuse to be told
 */
@Value.Builder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NodeConfigurationPatch(
        @JsonProperty("debug") Patch<Boolean> debug,
        @JsonProperty("app_name") Patch<String> appName,
        @JsonProperty("uuid") Patch<String> uuid,
        @JsonProperty("token_id") Patch<String> tokenId,
        @JsonProperty("token") Patch<String> token,
        @JsonProperty("api") ApiPatch api,
        @JsonProperty("system") SystemPatch system,
        @JsonProperty("allowed_mounts") Patch<List<String>> allowedMounts,
        @JsonProperty("remote") Patch<URI> remote) {

    /** Takes what is missing as left alone. */
    public NodeConfigurationPatch {
        debug = debug == null ? Patch.absent() : debug;
        appName = appName == null ? Patch.absent() : appName;
        uuid = uuid == null ? Patch.absent() : uuid;
        tokenId = tokenId == null ? Patch.absent() : tokenId;
        token = token == null ? Patch.absent() : token;
        api = api == null ? ApiPatch.builder().build() : api;
        system = system == null ? SystemPatch.builder().build() : system;
        allowedMounts = allowedMounts == null ? Patch.absent() : allowedMounts;
        remote = remote == null ? Patch.absent() : remote;
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
}
