package dev.rookery.proxy;

import dev.rookery.api.Incubating;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.proxy.internal.json.Hiding;

/**
 * Documents, routes and configurations as they are shown to people: hashes of passwords, and whatever else is a secret by the name of its member, are
 * {@code [hidden]}. What says where a secret is, such as {@code env:NAME}, is none. Without state.
 */
@Incubating
public final class HiddenSecrets {

    private HiddenSecrets() {}

    /** Returns a value in which each secret is {@code [hidden]}. */
    public static Json hide(Json value) {
        return Hiding.hide(value);
    }

    /**
     * Returns a value that was shown and came back, maybe changed, with its secrets again. Items of lists are told apart by their ids, names, users or
     * types, or else by their places.
     *
     * @param given with {@code [hidden]} in place of what is to stay as it is
     * @param saved what it is to stay as
     * @throws InvalidInputException if nothing is saved in such a place; the message names it
     */
    public static Json restore(Json given, Json saved) {
        return Hiding.restore(given, saved);
    }
}
