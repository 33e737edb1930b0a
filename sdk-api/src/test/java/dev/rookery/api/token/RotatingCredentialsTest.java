package dev.rookery.api.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ServerId;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RotatingCredentialsTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration GRACE = Duration.ofMinutes(10);

    private final NodeCredentials first = NodeCredentials.random(RANDOM);
    private final NodeCredentials second = NodeCredentials.random(RANDOM);
    private final RotatingCredentials credentials =
            RotatingCredentials.of(first, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    @Test
    void presentsTheNewestAndAcceptsTheOneBefore() {
        credentials.rotate(second, GRACE);

        assertThat(credentials.get()).isEqualTo(second);
        assertThat(credentials.accepted()).containsExactly(second, first);
        assertThat(credentials.matches(first.token())).isTrue();
        assertThat(credentials.matches("other")).isFalse();
        assertThat(credentials).hasToString("RotatingCredentials[tokenId=" + second.tokenId() + "]");
    }

    @Test
    void acceptsOneThatCameBackOnce() {
        credentials.rotate(second, GRACE);
        credentials.rotate(first, GRACE);

        assertThat(credentials.accepted()).containsExactly(first, second);
    }

    @Test
    void judgesTokensOfTheOthersWhereOneIsTooShortToSign() {
        var clock = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
        var rotating = RotatingCredentials.of(first, clock);
        var verifier = TokenVerifier.builder(rotating, clock).build();
        var link = TokenSigner.builder(first)
                .panelUrl("https://panel.example.com")
                .nodeUrl("https://node.example.com")
                .clock(clock)
                .build()
                .fileDownload(ServerId.random(), TokenUser.of(UUID.randomUUID()), "/a.txt");

        rotating.rotate(new NodeCredentials("short", "short"), GRACE);

        assertThat(verifier.fileDownload(link.text()).path()).isEqualTo("/a.txt");
    }

    @Test
    void forgetsWithoutGraceAndKeepsFew() {
        credentials.rotate(second, Duration.ZERO);
        assertThat(credentials.accepted()).containsExactly(second);

        for (int i = 0; i < 20; i++) {
            credentials.rotate(NodeCredentials.random(RANDOM), GRACE);
        }

        assertThat(credentials.accepted()).hasSizeLessThan(6);
        assertThatThrownBy(() -> credentials.rotate(first, GRACE.negated())).isInstanceOf(InvalidInputException.class);
    }
}
