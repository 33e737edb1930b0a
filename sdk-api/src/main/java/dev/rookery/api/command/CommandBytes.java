package dev.rookery.api.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.NodeId;
import dev.rookery.api.internal.JsonCodec;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The layout of a command's bytes: every field has its length before it or a fixed one, so that no two commands have the same bytes and
 * nobody has to agree on a canonical JSON.
 */
final class CommandBytes {

    /** Says what the bytes are, so that a signature made for anything else is none for a command; the last byte is the version. */
    private static final byte[] MAGIC = {'R', 'K', 'Y', 'C', 'M', 'D', 0, 1};

    private static final int NONCE_BYTES = 16;
    private static final int FIXED_BYTES = MAGIC.length + 1 + 1 + 4 + 8 + 8 + NONCE_BYTES + 4;
    private static final int MAX_DEPTH = 100;

    /** What all implementations agree on: no member twice, nothing behind the value, digits kept. */
    private static final JsonMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private CommandBytes() {}

    static byte[] encode(SignedCommand command) {
        byte[] keyId = command.keyId().getBytes(StandardCharsets.US_ASCII);
        byte[] name = command.name().getBytes(StandardCharsets.US_ASCII);
        byte[] payload = payload(command.payload());
        return ByteBuffer.allocate(FIXED_BYTES + keyId.length + name.length + payload.length)
                .put(MAGIC)
                .put((byte) keyId.length)
                .put(keyId)
                .put((byte) name.length)
                .put(name)
                .putInt(command.audience().value())
                .putLong(command.issuedAt().getEpochSecond())
                .putLong(command.expiresAt().getEpochSecond())
                .put(HexFormat.of().parseHex(command.nonce()))
                .putInt(payload.length)
                .put(payload)
                .array();
    }

    /** Writes a payload: no blanks, and nothing escaped that need not be. */
    static byte[] payload(Json payload) {
        try {
            var text = STRICT.writeValueAsString(payload);
            var bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return Arrays.copyOfRange(bytes.array(), bytes.arrayOffset(), bytes.arrayOffset() + bytes.limit());
        } catch (JsonProcessingException | CharacterCodingException e) {
            throw new InvalidInputException(
                    "payload (expected: texts of whole characters, no half surrogate pairs)", e);
        }
    }

    /** Returns the key's name without looking at the rest: what is behind it is not trusted yet. */
    static String keyId(byte[] bytes) {
        try {
            var in = afterMagic(bytes);
            return SignedCommand.requireName(text(in, Byte.toUnsignedInt(in.get())), "key id");
        } catch (BufferUnderflowException e) {
            throw new InvalidInputException("command: " + bytes.length + " bytes (expected: more)", e);
        }
    }

    static SignedCommand decode(byte[] bytes) {
        try {
            var in = afterMagic(bytes);
            var keyId = text(in, Byte.toUnsignedInt(in.get()));
            var name = text(in, Byte.toUnsignedInt(in.get()));
            var audience = new NodeId(in.getInt());
            var issuedAt = Instant.ofEpochSecond(in.getLong());
            var expiresAt = Instant.ofEpochSecond(in.getLong());
            var nonce = HexFormat.of().formatHex(bytes(in, NONCE_BYTES));
            int length = in.getInt();
            if (length != in.remaining() || length > SignedCommand.MAX_PAYLOAD_BYTES) {
                throw new InvalidInputException(
                        "payload: " + length + " bytes announced, " + in.remaining() + " there (expected: the same)");
            }
            return new SignedCommand(keyId, name, audience, issuedAt, expiresAt, nonce, json(bytes(in, length)));
        } catch (BufferUnderflowException | DateTimeException e) {
            throw new InvalidInputException("command: " + bytes.length + " bytes (expected: more)", e);
        }
    }

    private static ByteBuffer afterMagic(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        if (!Arrays.equals(bytes(in, MAGIC.length), MAGIC)) {
            throw new InvalidInputException("command (expected: to begin with RKYCMD, 0, 1)");
        }
        return in;
    }

    private static String text(ByteBuffer in, int length) {
        return new String(bytes(in, length), StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static Json json(byte[] bytes) {
        try {
            // Decoded here: left to itself, Jackson would take UTF-16 and UTF-32 as well.
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            var tree = STRICT.readTree(text.toString());
            if (tree.isMissingNode()) {
                throw new InvalidInputException("payload: no value (expected: JSON)");
            }
            return JsonCodec.fromTree(tree);
        } catch (CharacterCodingException e) {
            throw new InvalidInputException("payload (expected: UTF-8)", e);
        } catch (IOException | NumberFormatException e) {
            throw new InvalidInputException("payload (expected: one JSON value, no member twice)", e);
        }
    }
}
