package dev.rookery.api.token;

import static java.util.Objects.requireNonNull;

/**
 * A token and its wire form.
 *
 * @param token what it says
 * @param text the compact form: whoever has it may do what it says
 * @param <T> which kind of token
 */
public record SignedToken<T extends Token>(T token, String text) {

    /** Checks its arguments. */
    public SignedToken {
        requireNonNull(token, "token");
        requireNonNull(text, "text");
    }

    /** Leaves the wire form out. */
    @Override
    public String toString() {
        return "SignedToken[token=" + token + "]";
    }
}
