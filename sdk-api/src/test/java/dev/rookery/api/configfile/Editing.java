package dev.rookery.api.configfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Edits texts, each twice: the second time changes nothing. */
final class Editing {

    private Editing() {}

    static String edited(ConfigParser parser, String text, ConfigEdit... edits) {
        return edited(ConfigFileEditor.of(parser), text, edits);
    }

    static String edited(ConfigFileEditor editor, String text, ConfigEdit... edits) {
        var once = editor.edit(bytes(text), Arrays.asList(edits));
        var twice = editor.edit(once.content(), Arrays.asList(edits));
        assertThat(new String(twice.content(), StandardCharsets.UTF_8))
                .as("edited twice")
                .isEqualTo(new String(once.content(), StandardCharsets.UTF_8));
        assertThat(twice.changed()).isFalse();
        return new String(once.content(), StandardCharsets.UTF_8);
    }

    static EditOutcome outcome(ConfigParser parser, String text, ConfigEdit edit) {
        return ConfigFileEditor.of(parser)
                .edit(bytes(text), List.of(edit))
                .outcomes()
                .get(0);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] file(String name) {
        try (var in = Objects.requireNonNull(Editing.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
