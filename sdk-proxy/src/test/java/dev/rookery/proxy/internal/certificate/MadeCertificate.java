package dev.rookery.proxy.internal.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.route.Issuer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A certificate that the JDK's own tool makes for a test, and its key. */
public final class MadeCertificate {

    private static final Map<List<String>, MadeCertificate> MADE = new ConcurrentHashMap<>();
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final byte[] certificate;
    private final Key key;

    private MadeCertificate(byte[] certificate, Key key) {
        this.certificate = certificate;
        this.key = key;
    }

    /**
     * Makes one, once: that takes seconds.
     *
     * @param which of several that are asked for alike
     * @param algorithm of its key: {@code EC}, {@code RSA} or {@code Ed25519}
     */
    public static MadeCertificate of(String which, String algorithm, String... names) throws Exception {
        var words = List.of(which, algorithm, String.join(",dns:", names));
        var made = MADE.get(words);
        if (made == null) {
            made = make(algorithm, words.get(2));
            MADE.put(words, made);
        }
        return made;
    }

    private static MadeCertificate make(String algorithm, String names) throws Exception {
        var store = Files.createTempDirectory("made").resolve("store.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var command = new ArrayList<>(List.of(keytool, "-genkeypair", "-storetype", "PKCS12", "-alias", "made"));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", new String(PASSWORD)));
        command.addAll(List.of("-keyalg", algorithm, "-dname", "CN=made", "-startdate", "-1d", "-validity", "30"));
        if (algorithm.equals("EC")) {
            command.addAll(List.of("-groupname", "secp256r1"));
        }
        command.addAll(List.of("-ext", "san=dns:" + names));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        var made = read(store);
        Files.delete(store);
        Files.delete(store.getParent());
        return made;
    }

    private static MadeCertificate read(Path store) throws GeneralSecurityException, IOException {
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        return new MadeCertificate(keys.getCertificate("made").getEncoded(), keys.getKey("made", PASSWORD));
    }

    /** Writes both into files of a folder. */
    public Issuer.Files into(Path folder) throws IOException {
        Files.createDirectories(folder);
        var files = new Issuer.Files(
                folder.resolve("fullchain.pem").toString(),
                folder.resolve("privkey.pem").toString());
        Files.writeString(Path.of(files.certificate()), pem("CERTIFICATE", certificate));
        keyInto(Path.of(files.key()), "PRIVATE KEY", 0);
        return files;
    }

    /**
     * Writes the key.
     *
     * @param label of its form
     * @param from where that form begins in the usual one
     */
    public void keyInto(Path file, String label, int from) throws IOException {
        var encoded = key.getEncoded();
        var bytes = Arrays.copyOfRange(encoded, from, encoded.length);
        Files.deleteIfExists(file);
        Files.createFile(
                file, PosixFilePermissions.asFileAttribute(Set.copyOf(PosixFilePermissions.fromString("rw-------"))));
        Files.writeString(file, pem(label, bytes));
    }

    private static String pem(String label, byte[] bytes) {
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
    }
}
