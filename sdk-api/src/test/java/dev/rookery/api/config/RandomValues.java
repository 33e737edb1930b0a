package dev.rookery.api.config;

import dev.rookery.api.Json;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Values that keys take, by chance. */
final class RandomValues {

    private static final List<String> TEXTS = List.of(
            "plain",
            "with blank",
            "yes",
            "NULL",
            "0123",
            "1:20",
            "-",
            "# no comment",
            "a: b",
            "ümlaut 🐦",
            "\"quoted\"",
            "it's",
            "[x]",
            "{y}",
            "*z",
            "&z",
            "!t",
            "%",
            "@at",
            "`tick`",
            "a,b",
            "tab\there",
            "two\nlines",
            " padded ",
            "https://a.example:8080/x?y=z#frag",
            "\u0085\u2028\ufeff",
            "",
            "~",
            "1e3",
            "0x1f",
            "2024-01-01",
            "---",
            "...");

    private final Random random;

    RandomValues(Random random) {
        this.random = random;
    }

    Json of(ConfigurationKey key) {
        return switch (key.type()) {
            case BOOLEAN -> new Json.Bool(random.nextBoolean());
            case INTEGER, SECONDS, MILLISECONDS, MEBIBYTES, MEBIBYTES_PER_SECOND, PERCENT, BYTES ->
                new Json.Num(BigDecimal.valueOf(random.nextLong(key.min(), key.max() + 1)));
            case DECIMAL -> new Json.Num(BigDecimal.valueOf(101 + 10 * random.nextInt(90), 2));
            case TEXT -> new Json.Text(key.defaults().isEmpty() ? "t" + random.nextInt() : text());
            case PATH -> new Json.Text("/" + text());
            case URL -> new Json.Text("https://h" + random.nextInt(9) + ".example:" + (1 + random.nextInt(65_535)));
            case CHOICE ->
                new Json.Text(key.choices().get(random.nextInt(key.choices().size())));
            case TEXTS ->
                new Json.Array(Stream.generate(() -> (Json) new Json.Text(text()))
                        .limit(random.nextInt(4))
                        .toList());
            case TEXT_MAP -> members(() -> new Json.Text(text()), this::text);
            case FACTORS ->
                members(
                        () -> new Json.Num(BigDecimal.valueOf(1 + 10 * random.nextInt(99), 3)),
                        () -> Integer.toString(random.nextInt(9999)));
            case REGISTRIES ->
                members(
                        () -> new Json.Obj(
                                Map.of("username", new Json.Text(text()), "password", new Json.Text(text()))),
                        this::text);
        };
    }

    private Json members(Supplier<Json> value, Supplier<String> name) {
        var members = new LinkedHashMap<String, Json>();
        for (int i = random.nextInt(4); i > 0; i--) {
            members.put(name.get(), value.get());
        }
        return new Json.Obj(members);
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }
}
