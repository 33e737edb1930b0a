package dev.rookery.proxy.route;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Users with passwords.
 *
 * @param realm what the browser shows
 * @param accounts who they are
 */
public record BasicAuth(
        @JsonProperty("realm") String realm,
        @JsonProperty("accounts") List<Account> accounts) implements Auth {

    /** Puts in what is left out. */
    public BasicAuth {
        realm = realm == null ? "restricted" : realm;
        accounts = Values.list(accounts);
    }

    /**
     * A user.
     *
     * @param user the name; no colon in it
     * @param hash of the password, bcrypt ({@code $2a$}, {@code $2b$} or {@code $2y$}, cost 10 to 14) or argon2id; never the password
     */
    public record Account(
            @JsonProperty("user") String user,
            @JsonProperty("hash") String hash) {

        /** Checks its arguments. */
        public Account {
            requireNonNull(user, "user");
            requireNonNull(hash, "hash");
        }

        /** Leaves the hash out. */
        @Override
        public String toString() {
            return "Account[user=" + user + "]";
        }
    }
}
