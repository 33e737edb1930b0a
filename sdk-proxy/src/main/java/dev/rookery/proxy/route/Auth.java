package dev.rookery.proxy.route;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Who may pass. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = BasicAuth.class, name = "basic"),
    @JsonSubTypes.Type(value = ForwardAuth.class, name = "forward"),
    @JsonSubTypes.Type(value = PortalAuth.class, name = "portal")
})
public sealed interface Auth permits BasicAuth, ForwardAuth, PortalAuth {}
