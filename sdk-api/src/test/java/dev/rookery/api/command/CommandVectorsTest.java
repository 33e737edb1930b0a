package dev.rookery.api.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rookery.api.NodeId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/protocol/signed-commands.md}; the vectors were made by another implementation of it. */
class CommandVectorsTest extends CommandFixture {

    static List<Valid> valid() {
        return VECTORS.valid();
    }

    static List<Invalid> invalid() {
        return VECTORS.invalid();
    }

    @ParameterizedTest
    @MethodSource("valid")
    void writesExactlyTheseBytesAndThisText(Valid vector) {
        assertThat(HexFormat.of().formatHex(vector.command().canonicalBytes())).isEqualTo(vector.bytes());
        assertThat(signer(vector.keyId()).sign(vector.command())).isEqualTo(vector.text());
    }

    @ParameterizedTest
    @MethodSource("valid")
    void readsWhatItSays(Valid vector) {
        var verifier = CommandVerifier.builder(new NodeId(vector.audience()), clock)
                .keys(known())
                .build();
        assertThat(verifier.verify(vector.text())).isEqualTo(vector.command());
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void refusesForTheReasonNamed(Invalid vector) {
        assertThat(refusal(() -> verifier().build().verify(vector.text()))).isEqualTo(vector.reason());
    }

    @Test
    void refusesABitFlippedInEveryByteOfCommandAndSignature() {
        var vector = VECTORS.valid().get(0);
        byte[] bytes = HexFormat.of().parseHex(vector.bytes());
        byte[] signature = HexFormat.of().parseHex(vector.signature());
        var verifier = verifier().build();
        for (int at = 0; at < bytes.length; at++) {
            int bit = at * 8 + at % 8;
            var text = text(flipped(bytes, bit), signature);
            assertThat(refusal(() -> verifier.verify(text)))
                    .as("bit %s of the bytes", bit)
                    .isIn(CommandRefusal.MALFORMED, CommandRefusal.UNKNOWN_KEY, CommandRefusal.SIGNATURE);
        }
        for (int at = 0; at < signature.length; at++) {
            int bit = at * 8 + at % 8;
            var text = text(bytes, flipped(signature, bit));
            assertThat(refusal(() -> verifier.verify(text)))
                    .as("bit %s of the signature", bit)
                    .isEqualTo(CommandRefusal.SIGNATURE);
        }
        assertThat(verifier.verify(vector.text()))
                .as("and takes the whole one after all that")
                .isNotNull();
    }

    @Test
    void refusesABitFlippedInEveryCharacterOfTheText() {
        var vector = VECTORS.valid().get(0);
        byte[] text = vector.text().getBytes(StandardCharsets.ISO_8859_1);
        var verifier = verifier().build();
        for (int at = 0; at < text.length; at++) {
            int bit = at * 8 + at % 8;
            var changed = new String(flipped(text, bit), StandardCharsets.ISO_8859_1);
            assertThat(refusal(() -> verifier.verify(changed)))
                    .as("bit %s", bit)
                    .isNotNull();
        }
    }

    @Test
    void randomSignedBytesAreReadOrRefusedAndNothingElse() {
        var random = new Random(20_260_102);
        byte[] bytes = HexFormat.of().parseHex(VECTORS.valid().get(0).bytes());
        var signer = signer("panel-2026");
        for (int i = 0; i < 500; i++) {
            byte[] changed = bytes.clone();
            for (int j = random.nextInt(4); j >= 0; j--) {
                // Behind the key's name, so that the signature is right.
                int at = 19 + random.nextInt(changed.length - 19);
                changed[at] = (byte) (random.nextInt(4) == 0 ? -1 : random.nextInt());
            }
            byte[] cut = random.nextInt(5) == 0 ? Arrays.copyOf(changed, random.nextInt(changed.length)) : changed;
            var text = text(cut, signer.signature(cut));
            var thrown = catchThrowable(() -> verifier().build().verify(text));
            if (thrown != null) {
                assertThat(thrown).as(HexFormat.of().formatHex(cut)).isInstanceOf(CommandRefusedException.class);
            }
        }
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        return flipped;
    }

    private static String text(byte[] bytes, byte[] signature) {
        var base64 = Base64.getUrlEncoder().withoutPadding();
        return "rkc1." + base64.encodeToString(bytes) + "." + base64.encodeToString(signature);
    }
}
