package dev.rookery.api.egg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The eggs beside the tests, and small ones for one oddity each. */
final class EggFiles {

    private EggFiles() {}

    static String ptdlV2() {
        return text("demo-ptdl-v2.json");
    }

    static String plcnV3() {
        return text("demo-plcn-v3.json");
    }

    /** Returns the smallest egg, with further members. */
    static String minimal(String members) {
        return "{\"meta\":{\"version\":\"PTDL_v2\"},\"name\":\"Minimal\"," + members + "}";
    }

    private static String text(String name) {
        try (var in = EggFiles.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
