package dev.rookery.examples.panel.account;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.examples.panel.http.ApiError;
import dev.rookery.examples.panel.sql.AccountStore;
import dev.rookery.examples.panel.sql.AccountStore.StoredUser;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Log-in, sessions and users. Sessions live in the database, which knows only the hash of each token. Thread-safe. */
public final class Accounts {

    private static final Duration SESSION = Duration.ofDays(7);
    private static final Duration IDLE = Duration.ofHours(12);
    private static final int TOKEN_LENGTH = 43;
    private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,62}[A-Za-z0-9]");

    private final AccountStore store;
    private final Passwords passwords;
    private final LoginThrottle throttle;
    private final SecureRandom random;
    private final Clock clock;

    /** Creates the accounts over their store. */
    public Accounts(AccountStore store, Passwords passwords, SecureRandom random, Clock clock) {
        this.store = store;
        this.passwords = passwords;
        this.throttle = new LoginThrottle();
        this.random = random;
        this.clock = clock;
    }

    /**
     * A session as its browser holds it.
     *
     * @param token the cookie
     * @param session what it opens
     */
    public record LoggedIn(String token, Session session) {}

    /**
     * An open session.
     *
     * @param user whose
     * @param csrfToken what every changing request has to repeat in a header
     * @param expiresAt when it ends at the latest
     */
    public record Session(User user, String csrfToken, Instant expiresAt) {}

    /**
     * Creates a user.
     *
     * @throws InvalidInputException if the name or the password cannot be used
     * @throws dev.rookery.api.ConflictException if the name is taken
     */
    public User create(String username, String password, boolean admin) {
        requireUsername(username);
        requirePassword(password);
        return store.insert(UUID.randomUUID(), username, passwords.hash(password), admin, clock.instant());
    }

    /**
     * Opens a session.
     *
     * @throws ApiError {@code invalid_credentials} or {@code too_many_attempts}
     */
    public LoggedIn logIn(String username, String password, String address) {
        throttle.attempt(address, username).ifPresent(wait -> {
            throw ApiError.tooManyAttempts(wait);
        });
        var stored = verified(username, password).orElseThrow(ApiError::invalidCredentials);
        throttle.succeeded(address, username);
        var now = clock.instant();
        var token = NodeCredentials.randomText(random, TOKEN_LENGTH);
        var session = new Session(stored.user(), NodeCredentials.randomText(random, TOKEN_LENGTH), now.plus(SESSION));
        store.deleteExpiredSessions(now, now.minus(IDLE));
        if (!store.insertSession(sha256(token), session, stored.passwordHash(), now)) {
            throw ApiError.invalidCredentials();
        }
        return new LoggedIn(token, session);
    }

    /** Returns the session of a cookie, and counts it as used. */
    public Optional<Session> session(String token) {
        var now = clock.instant();
        return store.session(sha256(token), now, now.minus(IDLE));
    }

    /** Ends the session of a cookie. */
    public void logOut(String token) {
        store.deleteSession(sha256(token));
    }

    /** Finds a user by name, without regard to case. */
    public Optional<User> find(String username) {
        return store.byUsername(username).map(StoredUser::user);
    }

    /** Finds a user by name and password, in the same time whether there is one or not; who asks has to count failures. */
    public Optional<User> byPassword(String username, String password) {
        return verified(username, password).map(StoredUser::user);
    }

    /**
     * Returns whether this is a user's password, within the limits of log-ins: for what a session alone must not do.
     *
     * @throws ApiError {@code too_many_attempts}
     */
    public boolean confirms(User user, String password, String address) {
        throttle.attempt(address, user.username()).ifPresent(wait -> {
            throw ApiError.tooManyAttempts(wait);
        });
        if (verified(user.username(), password).isEmpty()) {
            return false;
        }
        throttle.succeeded(address, user.username());
        return true;
    }

    /** Returns the hash of a cookie, by which its session is kept. */
    public static String sessionHash(String token) {
        return sha256(token);
    }

    /** Refuses a name that cannot be used. */
    static void requireUsername(String username) {
        if (!USERNAME.matcher(username).matches()) {
            throw new InvalidInputException(
                    "username: '" + username
                            + "' (expected: 3 to 64 letters, digits, '.', '_' or '-', beginning and ending with a letter or digit)");
        }
    }

    /** Refuses a password that cannot be used. */
    static void requirePassword(String password) {
        if (password.length() < Passwords.MIN_LENGTH || password.length() > Passwords.MAX_LENGTH) {
            throw new InvalidInputException("password: " + password.length() + " characters (expected: "
                    + Passwords.MIN_LENGTH + " to " + Passwords.MAX_LENGTH + ")");
        }
    }

    /** Sets the language of a user's UI. */
    public void language(User user, String language) {
        store.setLanguage(user.id(), language);
    }

    private Optional<StoredUser> verified(String username, String password) {
        if (password.length() > Passwords.MAX_LENGTH) {
            return Optional.empty();
        }
        var stored = store.byUsername(username);
        if (stored.isEmpty()) {
            passwords.pretend(password);
            return Optional.empty();
        }
        return stored.filter(user -> passwords.matches(password, user.passwordHash()))
                .filter(user -> !user.user().disabled());
    }

    private static String sha256(String token) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
