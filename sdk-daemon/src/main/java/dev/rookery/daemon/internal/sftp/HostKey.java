package dev.rookery.daemon.internal.sftp;

import dev.rookery.kit.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * The key that clients know the node by: Ed25519, in the file where Wings has its, so that they know the node again after a change from one to
 * the other. Source: node API §5.1.
 */
final class HostKey {

    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
    private static final int LINE = 64;

    private HostKey() {}

    /**
     * Returns the key in a directory, made first if there is none.
     *
     * @param data where the servers' files are
     * @throws IOException if it can be neither read nor made
     */
    static KeyPair in(Path data) throws IOException {
        var directory = data.resolve(".sftp");
        var file = directory.resolve("id_ed25519");
        try {
            return read(file);
        } catch (NoSuchFileException e) {
            return make(directory, file);
        }
    }

    /** Returns what clients show of it. */
    static String fingerprint(KeyPair key) {
        return KeyUtils.getFingerPrint(key.getPublic());
    }

    private static KeyPair read(Path file) throws IOException {
        var text = Files.readString(file, StandardCharsets.US_ASCII);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        try {
            if (begin < 0 || end < begin) {
                throw new GeneralSecurityException("no " + BEGIN);
            }
            var encoded = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
            var secret =
                    KeyFactory.getInstance("Ed25519", provider()).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            return new KeyPair(SecurityUtils.recoverEDDSAPublicKey(secret), secret);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(file + ": no Ed25519 key in PKCS#8 PEM: " + e.getMessage(), e);
        }
    }

    private static KeyPair make(Path directory, Path file) throws IOException {
        try {
            var pair = KeyPairGenerator.getInstance("Ed25519", provider()).generateKeyPair();
            DurableFiles.createDirectories(directory);
            DurableFiles.write(file, pem(pair.getPrivate()), DurableFiles.PRIVATE);
            return pair;
        } catch (GeneralSecurityException e) {
            throw new IOException("no Ed25519 key can be made: " + e.getMessage(), e);
        }
    }

    private static byte[] pem(PrivateKey key) {
        var lines = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return (BEGIN + "\n" + lines + "\n" + END + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Of the library that signs with it, whatever the JVM has. */
    private static Provider provider() {
        return new BouncyCastleProvider();
    }
}
