package dev.rookery.api.config;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.Patch;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Fills the records of a configuration from values by key, and takes them apart again. */
final class Binding {

    private Binding() {}

    /**
     * Creates a record.
     *
     * @param prefix the key of the record itself; empty for the document
     * @param values values in their normal form; a component without one is empty, or left alone if it is a patch
     */
    static <R extends Record> R read(Class<R> type, String prefix, Map<String, Json> values) {
        var components = type.getRecordComponents();
        var arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            var name = name(prefix, components[i]);
            arguments[i] = ConfigurationKeys.find(name).isPresent()
                    ? component(components[i].getGenericType(), name, values.get(name))
                    : read(components[i].getType().asSubclass(Record.class), name, values);
        }
        try {
            var parameters =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return type.getDeclaredConstructor(parameters).newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(type.getName(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName(), e);
        }
    }

    /** Returns the values of a record by key; empty components and patches that leave alone have none. */
    static Map<String, Json> write(Record value, String prefix) {
        var values = new LinkedHashMap<String, Json>();
        write(value, prefix, values);
        return values;
    }

    /** Returns a component's value as a type; {@code null} stands for none. */
    static Object component(Type type, String name, @Nullable Json value) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
            return Optional.ofNullable(value).map(json -> java(generic.getActualTypeArguments()[0], json, name));
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == Patch.class) {
            if (value == null) {
                return Patch.absent();
            }
            return value == Json.Null.INSTANCE
                    ? Patch.ofNull()
                    : Patch.of(java(generic.getActualTypeArguments()[0], value, name));
        }
        return java(type, Objects.requireNonNull(value, name), name);
    }

    /** Returns a value as JSON in its normal form. */
    static Json json(ConfigurationKey key, Object value) {
        try {
            return KeyValue.normal(key, raw(key, value)).orElse(new Json.Text(""));
        } catch (KeyValue.Mismatch e) {
            throw new InvalidInputException(
                    key.name() + ": " + e.found() + " (expected: " + key.expectation() + ")", null);
        }
    }

    private static void write(Record value, String prefix, Map<String, Json> into) {
        for (var component : value.getClass().getRecordComponents()) {
            if (!component.isAnnotationPresent(Key.class)) {
                continue;
            }
            var name = name(prefix, component);
            var key = ConfigurationKeys.find(name);
            var part = valueOf(component, value);
            if (key.isEmpty()) {
                write((Record) part, name, into);
            } else if (part instanceof Optional<?> optional) {
                optional.ifPresent(present -> into.put(name, json(key.get(), present)));
            } else if (part instanceof Patch<?> patch) {
                patch.toOptional().ifPresent(present -> into.put(name, json(key.get(), present)));
                if (patch instanceof Patch.Null<?>) {
                    into.put(name, Json.Null.INSTANCE);
                }
            } else {
                into.put(name, json(key.get(), part));
            }
        }
    }

    private static Object valueOf(RecordComponent component, Record value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component.toString(), e);
        }
    }

    private static String name(String prefix, RecordComponent component) {
        var own = Objects.requireNonNull(component.getAnnotation(Key.class), component.toString())
                .value();
        return prefix.isEmpty() ? own : own.isEmpty() ? prefix : prefix + "." + own;
    }

    private static Object java(Type type, Json value, String name) {
        if (type == String.class) {
            return ((Json.Text) value).value();
        }
        if (type == URI.class) {
            return URI.create(((Json.Text) value).value());
        }
        if (type == boolean.class || type == Boolean.class) {
            return ((Json.Bool) value).value();
        }
        if (type == int.class || type == Integer.class) {
            return ((Json.Num) value).value().intValueExact();
        }
        if (type == long.class || type == Long.class) {
            return ((Json.Num) value).value().longValueExact();
        }
        if (type == double.class) {
            return ((Json.Num) value).value().doubleValue();
        }
        if (type == Duration.class) {
            long amount = ((Json.Num) value).value().longValueExact();
            boolean millis = ConfigurationKeys.require(name).type() == ConfigurationKey.ValueType.MILLISECONDS;
            return millis ? Duration.ofMillis(amount) : Duration.ofSeconds(amount);
        }
        return value instanceof Json.Array array ? texts(array) : map(name, (Json.Obj) value);
    }

    private static List<String> texts(Json.Array array) {
        return array.items().stream().map(item -> ((Json.Text) item).value()).toList();
    }

    private static Map<?, ?> map(String name, Json.Obj object) {
        var map = new LinkedHashMap<Object, Object>();
        var type = ConfigurationKeys.require(name).type();
        object.members().forEach((key, value) -> {
            switch (type) {
                case FACTORS ->
                    map.put(Long.valueOf(key), ((Json.Num) value).value().doubleValue());
                case REGISTRIES -> map.put(key, registry((Json.Obj) value));
                default -> map.put(key, ((Json.Text) value).value());
            }
        });
        return map;
    }

    private static RegistryConfiguration registry(Json.Obj object) {
        return new RegistryConfiguration(
                ((Json.Text) Objects.requireNonNull(object.members().get("username"))).value(),
                ((Json.Text) Objects.requireNonNull(object.members().get("password"))).value());
    }

    private static Json raw(ConfigurationKey key, Object value) {
        if (value instanceof Duration duration) {
            boolean millis = key.type() == ConfigurationKey.ValueType.MILLISECONDS;
            var amount = BigDecimal.valueOf(duration.getSeconds(), 0).add(BigDecimal.valueOf(duration.getNano(), 9));
            return new Json.Num(millis ? amount.movePointRight(3) : amount);
        }
        if (value instanceof List<?> list) {
            return new Json.Array(list.stream().map(item -> raw(key, item)).toList());
        }
        if (value instanceof Map<?, ?> map) {
            var members = new LinkedHashMap<String, Json>();
            map.forEach((name, member) -> members.put(String.valueOf(name), raw(key, member)));
            return new Json.Obj(members);
        }
        if (value instanceof RegistryConfiguration registry) {
            return new Json.Obj(Map.of(
                    "username", new Json.Text(registry.username()), "password", new Json.Text(registry.password())));
        }
        return value instanceof Boolean bool ? new Json.Bool(bool) : new Json.Text(String.valueOf(value));
    }
}
