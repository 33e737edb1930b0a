package dev.rookery.api.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rookery.api.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares documents with files that people can read; what differs is written to {@code target/snapshots} for a look. */
final class Snapshots {

    private static final String PLACE = "/dev/rookery/api/remote/";

    private Snapshots() {}

    static byte[] read(String name) {
        try (var stream = Snapshots.class.getResourceAsStream(PLACE + name)) {
            return stream == null ? new byte[0] : stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same members in the same order. */
    static void assertSame(String name, byte[] actual) {
        var expected = read(name);
        var was = expected.length == 0 ? "" : WireJson.writeText(WireJson.read(expected, Json.class));
        var is = WireJson.writeText(WireJson.read(actual, Json.class));
        if (!was.equals(is)) {
            write(name, actual);
        }
        assertThat(is).as(name).isEqualTo(was);
    }

    private static void write(String name, byte[] actual) {
        try {
            var directory = Files.createDirectories(Path.of("target", "snapshots"));
            var text = JsonMapper.builder().build().readTree(actual).toPrettyString();
            Files.write(directory.resolve(name), (text + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
