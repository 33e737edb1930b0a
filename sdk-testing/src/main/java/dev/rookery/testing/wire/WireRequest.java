package dev.rookery.testing.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One step of the conversation: a request, or waiting for something. */
record WireRequest(
        @JsonProperty("id") @Nullable String id,
        @JsonProperty("section") @Nullable String section,
        @JsonProperty("method") @Nullable String method,
        @JsonProperty("path") @Nullable String path,
        @JsonProperty("auth") @Nullable String auth,
        @JsonProperty("body") @Nullable Json body,
        @JsonProperty("rawBody") @Nullable String rawBody,
        @JsonProperty("chunked") boolean chunked,
        @JsonProperty("names") boolean names,
        @JsonProperty("binary") boolean binary,
        @JsonProperty("sign") @Nullable Signing sign,
        @JsonProperty("multipart") @Nullable Multipart multipart,
        @JsonProperty("await") @Nullable String await,
        @JsonProperty("needs") @Nullable String needs) {

    /** A token to be put into the path. */
    record Signing(
            @JsonProperty("scope") String scope,
            @JsonProperty("claims") Map<String, String> claims,
            @JsonProperty("expired") boolean expired,
            @JsonProperty("forged") boolean forged) {}

    /** A form with a file, and perhaps with another one after it. */
    record Multipart(
            @JsonProperty("field") String field,
            @JsonProperty("name") String name,
            @JsonProperty("content") String content,
            @JsonProperty("also") @Nullable Multipart also) {}

    /** JSON that is absent was read as null. */
    WireRequest {
        body = body == Json.Null.INSTANCE ? null : body;
    }

    String name() {
        return id == null ? "await " + await : id;
    }
}
