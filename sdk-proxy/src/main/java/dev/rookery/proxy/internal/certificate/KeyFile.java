package dev.rookery.proxy.internal.certificate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Map;

/** What is in a file of a private key. Immutable. */
public final class KeyFile {

    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");
    private static final byte[] SIGNED = {1, 2, 3, 4};

    private final Pem block;

    private KeyFile(Pem block) {
        this.block = block;
    }

    /**
     * Reads one.
     *
     * @throws UnusableFileException if it is not there, or no key is in it that can be used without a passphrase
     */
    public static KeyFile read(Path file) throws UnusableFileException {
        var block = Pem.read(file).stream()
                .filter(found -> found.label().endsWith("PRIVATE KEY"))
                .findFirst()
                .orElseThrow(() -> Pem.invalid(file, "a PEM file of a private key without a passphrase"));
        if (block.label().startsWith("ENCRYPTED")) {
            throw Pem.invalid(file, "a private key without a passphrase");
        }
        return new KeyFile(block);
    }

    /** Returns whether this is the key of a certificate. Of kinds that the JDK does not know, every key is. */
    public boolean belongs(PublicKey owner) {
        var kind = SIGNATURES.get(owner.getAlgorithm());
        return kind == null || signs(owner, kind);
    }

    private boolean signs(PublicKey owner, String kind) {
        try {
            var bytes = block.label().equals("PRIVATE KEY")
                    ? block.bytes()
                    : Der.privateKey(owner.getEncoded(), block.bytes());
            var key = KeyFactory.getInstance(owner.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(bytes));
            var signature = Signature.getInstance(kind);
            signature.initSign(key);
            signature.update(SIGNED);
            var signed = signature.sign();
            signature.initVerify(owner);
            signature.update(SIGNED);
            return signature.verify(signed);
        } catch (GeneralSecurityException ignored) {
            // A key of another kind, or what is no key at all.
            return false;
        }
    }

    /** Returns whether everybody on the machine may read it. */
    public static boolean exposed(Path file) {
        try {
            return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException ignored) {
            // Where there are no such permissions, nothing is known of them.
            return false;
        }
    }
}
