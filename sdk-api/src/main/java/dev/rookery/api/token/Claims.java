package dev.rookery.api.token;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The claims of a token whose signature is right. A claim of another type than expected makes the token malformed. */
final class Claims {

    /** Thirty thousand years: what a date can be without overflow anywhere. */
    private static final int MAX_BITS = 40;

    private final Json.Obj object;

    Claims(Json.Obj object) {
        this.object = object;
    }

    Set<String> names() {
        return object.members().keySet();
    }

    boolean has(String name) {
        return object.members().containsKey(name);
    }

    Optional<String> text(String name) {
        var value = object.members().get(name);
        if (value == null || value == Json.Null.INSTANCE) {
            return Optional.empty();
        }
        if (value instanceof Json.Text text) {
            return Optional.of(text.value());
        }
        throw malformed(name, "a text", null);
    }

    String require(String name) {
        return text(name).filter(value -> !value.isEmpty()).orElseThrow(() -> malformed(name, "a text", null));
    }

    List<String> texts(String name) {
        var value = object.members().get(name);
        if (value == null || value == Json.Null.INSTANCE) {
            return List.of();
        }
        if (!(value instanceof Json.Array array)) {
            throw malformed(name, "a list of texts", null);
        }
        var texts = new ArrayList<String>();
        for (var item : array.items()) {
            if (!(item instanceof Json.Text text)) {
                throw malformed(name, "a list of texts", null);
            }
            texts.add(text.value());
        }
        return texts;
    }

    /** Whole seconds as an integer: every daemon refuses a fraction. Source: node API §3.1. */
    Optional<Instant> date(String name) {
        var value = object.members().get(name);
        if (value == null || value == Json.Null.INSTANCE) {
            return Optional.empty();
        }
        if (!(value instanceof Json.Num number) || number.value().scale() != 0) {
            throw malformed(name, "whole seconds", null);
        }
        var seconds = number.value().unscaledValue();
        if (seconds.signum() < 0 || seconds.bitLength() > MAX_BITS) {
            throw malformed(name, "whole seconds since 1970", null);
        }
        return Optional.of(Instant.ofEpochSecond(seconds.longValue()));
    }

    Instant requireDate(String name) {
        return date(name).orElseThrow(() -> malformed(name, "whole seconds", null));
    }

    ServerId server(String name) {
        try {
            return ServerId.parse(require(name));
        } catch (InvalidInputException e) {
            throw malformed(name, "a uuid", e);
        }
    }

    BackupId backup(String name) {
        try {
            return BackupId.parse(require(name));
        } catch (InvalidInputException e) {
            throw malformed(name, "a uuid", e);
        }
    }

    Optional<UUID> user(String name) {
        try {
            return text(name)
                    .filter(value -> !value.isEmpty())
                    .map(ServerId::parse)
                    .map(ServerId::value);
        } catch (InvalidInputException e) {
            throw malformed(name, "a uuid", e);
        }
    }

    static TokenRefusedException malformed(String name, String expected, @Nullable Throwable cause) {
        return new TokenRefusedException(
                TokenRefusal.MALFORMED, "claim " + name + " (expected: " + expected + ")", cause);
    }
}
