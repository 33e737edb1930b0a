package dev.rookery.api.panel;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import org.immutables.value.Value;

/**
 * Someone who wants to log in over SFTP. Source: panel remote API §3.10.
 *
 * @param method how
 * @param username name and server, joined by the last dot: {@code alice.7c0d1234}
 * @param secret the password, or the public key as one line of an {@code authorized_keys} file
 * @param address where from, as {@code host:port}
 * @param sessionId the SSH session, in base64
 * @param clientVersion what the client says it is, in base64
 */
@Value.Builder
public record SftpLogin(
        @JsonProperty("type") Method method,
        @JsonProperty("username") String username,
        @JsonProperty("password") String secret,
        @JsonProperty("ip") String address,
        @JsonProperty("session_id") String sessionId,
        @JsonProperty("client_version") String clientVersion) {

    /** Fills in what a node left out; name and secret have to be there. */
    public SftpLogin {
        method = method == null ? Method.PASSWORD : method;
        requireNonNull(username, "username");
        requireNonNull(secret, "secret");
        address = address == null ? "" : address;
        sessionId = sessionId == null ? "" : sessionId;
        clientVersion = clientVersion == null ? "" : clientVersion;
    }

    /** Returns a builder of a log-in by password from nowhere in particular. */
    public static SftpLoginBuilder builder(String username, String secret) {
        return new SftpLoginBuilder()
                .method(Method.PASSWORD)
                .username(username)
                .secret(secret)
                .address("")
                .sessionId("")
                .clientVersion("");
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "SftpLogin[" + method.name() + ", " + username + ", " + address + "]";
    }

    /**
     * How someone logs in. An open set.
     *
     * @param name as on the wire
     */
    public record Method(@JsonValue String name) {

        /** By password. */
        public static final Method PASSWORD = new Method("password");
        /** By public key. */
        public static final Method PUBLIC_KEY = new Method("public_key");

        /** Checks its argument. */
        @JsonCreator
        public Method {
            requireNonNull(name, "name");
        }
    }
}
