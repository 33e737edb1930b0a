package dev.rookery.api;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.rookery.api.internal.PatchCodec;
import java.util.Optional;
import java.util.function.Function;

/**
 * A field of a document that changes another: left alone, taken away, or given a value. As JSON a field that is left alone is not
 * written at all, one that is taken away is {@code null}. Immutable.
 *
 * @param <T> what a value is
 */
@JsonSerialize(using = PatchCodec.Writer.class)
@JsonDeserialize(using = PatchCodec.Reader.class)
public sealed interface Patch<T> {

    /**
     * The field is left alone.
     *
     * @param <T> what a value would be
     */
    record Absent<T>() implements Patch<T> {}

    /**
     * The field is taken away: it goes back to what it is when nobody sets it.
     *
     * @param <T> what a value would be
     */
    record Null<T>() implements Patch<T> {}

    /**
     * The field gets a value.
     *
     * @param <T> what a value is
     * @param value the value
     */
    record Value<T>(T value) implements Patch<T> {
        /** Checks that there is a value. */
        public Value {
            requireNonNull(value, "value");
        }
    }

    /** Returns the patch that leaves a field alone. */
    static <T> Patch<T> absent() {
        return new Absent<>();
    }

    /** Returns the patch that takes a field away. */
    static <T> Patch<T> ofNull() {
        return new Null<>();
    }

    /** Returns the patch that sets a field. */
    static <T> Patch<T> of(T value) {
        return new Value<>(value);
    }

    /** Returns whether the field is left alone. */
    default boolean isAbsent() {
        return this instanceof Absent<T>;
    }

    /** Returns the new value; empty if the field is left alone or taken away. */
    default Optional<T> toOptional() {
        return this instanceof Value<T> set ? Optional.of(set.value()) : Optional.empty();
    }

    /** Returns the same patch of another kind of value. */
    default <R> Patch<R> map(Function<? super T, ? extends R> change) {
        if (this instanceof Value<T> set) {
            return new Value<>(change.apply(set.value()));
        }
        return isAbsent() ? new Absent<>() : new Null<>();
    }

    /**
     * Returns what the field is afterwards.
     *
     * @param current what it is now
     * @param unset what it is when nobody sets it
     */
    default T apply(T current, T unset) {
        if (this instanceof Value<T> set) {
            return set.value();
        }
        return isAbsent() ? current : unset;
    }
}
