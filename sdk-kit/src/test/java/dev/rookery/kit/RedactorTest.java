package dev.rookery.kit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedactorTest {

    @Test
    void replacesEverySecretWhereverItStands() {
        var redactor = Redactor.of("topsecret", "otherone");

        assertThat(redactor.redact("a topsecret b topsecret, otherone"))
                .isEqualTo("a [redacted] b [redacted], [redacted]");
    }

    @Test
    void leavesNoHalfOfASecretThatContainsAnother() {
        var redactor = Redactor.of("12345678");
        redactor.add("tail-12345678-more");

        assertThat(redactor.redact("tail-12345678-more")).isEqualTo("[redacted]");
    }

    @Test
    void ignoresTextsTooShortToBeSecrets() {
        var redactor = Redactor.of("abc", "");

        assertThat(redactor.redact("abcdef")).isEqualTo("abcdef");
    }
}
