package dev.rookery.api.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeCredentialsTest {

    private final NodeCredentials credentials = new NodeCredentials("id", "secret");

    @Test
    void headersDifferByDirection() {
        assertThat(credentials.panelToNode()).isEqualTo("Bearer secret");
        assertThat(credentials.nodeToPanel()).isEqualTo("Bearer id.secret");
        assertThat(NodeCredentials.parse("id.secret")).contains(credentials);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".b", "a", "a.b.c", "a b.c"})
    void parsesNothingElse(String text) {
        assertThat(NodeCredentials.parse(text)).isEmpty();
    }

    @Test
    void comparesAndHidesTheSecret() {
        assertThat(credentials.matches("secret")).isTrue();
        assertThat(credentials.matches("Secret")).isFalse();
        assertThat(credentials.matches("")).isFalse();
        assertThat(credentials.toString()).contains("id").doesNotContain("secret");
        assertThatThrownBy(() -> new NodeCredentials("id", "se.cret"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageNotContaining("cret (");
    }

    @Test
    void randomOnesAreLongAndDiffer() {
        var random = new SecureRandom();
        var one = NodeCredentials.random(random);
        assertThat(one.tokenId()).matches("[A-Za-z0-9]{16}");
        assertThat(one.token()).matches("[A-Za-z0-9]{64}");
        assertThat(one).isNotEqualTo(NodeCredentials.random(random));
    }
}
