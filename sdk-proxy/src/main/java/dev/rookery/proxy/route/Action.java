package dev.rookery.proxy.route;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What is done with a request. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ProxyTo.class, name = "proxy"),
    @JsonSubTypes.Type(value = RedirectTo.class, name = "redirect"),
    @JsonSubTypes.Type(value = Respond.class, name = "respond"),
    @JsonSubTypes.Type(value = ServeFiles.class, name = "files"),
    @JsonSubTypes.Type(value = Reject.class, name = "reject")
})
public sealed interface Action permits ProxyTo, RedirectTo, Respond, ServeFiles, Reject {}
