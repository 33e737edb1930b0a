package dev.rookery.examples.panel.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes passwords with Argon2id in the PHC text form. Each hash takes 19 MiB and some ten milliseconds, so only a few run at a time.
 * Thread-safe.
 */
public final class Passwords {

    /** The shortest password that is accepted. */
    public static final int MIN_LENGTH = 10;

    /** The longest password that is accepted, so that a request cannot buy unbounded work. */
    public static final int MAX_LENGTH = 256;

    private static final int MEMORY_KIBIBYTES = 19 * 1024;
    private static final int ITERATIONS = 2;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int AT_A_TIME = 4;
    private static final Pattern PHC =
            Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=(\\d+)\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    private final SecureRandom random;
    private final Semaphore running = new Semaphore(AT_A_TIME);
    private final String decoy;

    /** Creates the hasher. */
    public Passwords(SecureRandom random) {
        this.random = random;
        this.decoy = hash("a password that nobody has");
    }

    /** Returns the hash to store. */
    public String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] hash = argon2(password, salt, MEMORY_KIBIBYTES, ITERATIONS, 1, HASH_BYTES);
        var base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + MEMORY_KIBIBYTES + ",t=" + ITERATIONS + ",p=1$" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(hash);
    }

    /** Returns whether {@code password} has the stored hash. */
    public boolean matches(String password, String stored) {
        var phc = PHC.matcher(stored);
        if (!phc.matches()) {
            throw new IllegalStateException("a stored password hash is not in the form $argon2id$v=19$...");
        }
        byte[] expected = Base64.getDecoder().decode(phc.group(5));
        byte[] actual = argon2(
                password,
                Base64.getDecoder().decode(phc.group(4)),
                Integer.parseInt(phc.group(1)),
                Integer.parseInt(phc.group(2)),
                Integer.parseInt(phc.group(3)),
                expected.length);
        return MessageDigest.isEqual(expected, actual);
    }

    /** Spends the time of {@link #matches}, so that an unknown user name does not answer sooner than a known one. */
    public void pretend(String password) {
        matches(password, decoy);
    }

    private byte[] argon2(String password, byte[] salt, int memory, int iterations, int lanes, int length) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memory)
                .withIterations(iterations)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        byte[] hash = new byte[length];
        running.acquireUninterruptibly();
        try {
            generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        } finally {
            running.release();
        }
        return hash;
    }
}
