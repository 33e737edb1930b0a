package dev.rookery.daemon.internal.environment.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Docker's rules for short names. */
class ImageReferenceTest {

    private static final String DIGEST = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    @ParameterizedTest
    @CsvSource({
        "redis, docker.io/library/redis:latest",
        "redis:7, docker.io/library/redis:7",
        "games/java:21, docker.io/games/java:21",
        "docker.io/redis, docker.io/library/redis:latest",
        "index.docker.io/games/java, docker.io/games/java:latest",
        "ghcr.io/pelican-eggs/yolks:java_21, ghcr.io/pelican-eggs/yolks:java_21",
        "GHCR.io/a/b, GHCR.io/a/b:latest",
        "registry-1.docker.io/a/b, registry-1.docker.io/a/b:latest",
        "localhost/a, localhost/a:latest",
        "registry.example.com:5000/a/b/c__d:1.0-x, registry.example.com:5000/a/b/c__d:1.0-x",
        "[fd00::1]:5000/a:b, [fd00::1]:5000/a:b",
    })
    void readsShortNames(String image, String full) {
        assertThat(ImageReference.parse(image)).hasToString(full);
    }

    @Test
    void leavesOutTheTagBesideADigest() {
        assertThat(ImageReference.parse("reg:5000/a/b:tag@" + DIGEST)).hasToString("reg:5000/a/b@" + DIGEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "/",
                "a/",
                "a//b",
                "-a",
                "a:",
                "a:b:c d",
                "a@sha256:zz",
                "ghcr.io/UPPER/x",
                "ghcr.io/a?tag=b",
                "ghcr.io/a&fromSrc=-",
                "ghcr.io:port/a",
                "../../etc/passwd",
                "a\u0000b",
                "a\nb",
                "user@evil.example/a",
                "http://ghcr.io/a",
            })
    void refusesWhatIsNoName(String image) {
        assertThatThrownBy(() -> ImageReference.parse(image))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("image: '");
    }

    @Test
    void refusesAnEndlessNameAtOnce() {
        assertThatThrownBy(() -> ImageReference.parse("a".repeat(1_000_000) + "!"))
                .isInstanceOf(InvalidInputException.class)
                .message()
                .hasSizeLessThan(300);
        // One that other regular expressions take exponential time for.
        assertThatThrownBy(() -> ImageReference.parse("a-".repeat(250) + "!"))
                .isInstanceOf(InvalidInputException.class);
    }
}
