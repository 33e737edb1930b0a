package dev.rookery.daemon.internal.environment.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.daemon.DockerOptions.RegistryLogin;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A password goes to the registry it is for, and to no other. Source: daemon behaviour, section 3.8. */
class RegistryLoginsTest {

    @ParameterizedTest
    @CsvSource({
        "ghcr.io, ghcr.io/games/java:21",
        "GHCR.io, ghcr.io/games/java:21",
        "https://ghcr.io/, ghcr.io/games/java:21",
        "ghcr.io/games, ghcr.io/games/java:21",
        "ghcr.io/games/java, ghcr.io/games/java:21",
        "docker.io, redis",
        "https://index.docker.io/v1/, games/private:1",
        "registry.example.com:5000, registry.example.com:5000/x",
        "registry.example.com:5000/v2/, registry.example.com:5000/x",
    })
    void sendsAPasswordToItsRegistry(String key, String image) {
        assertThat(user(Map.of(key, "user"), image)).isEqualTo("user");
    }

    @ParameterizedTest
    @CsvSource({
        "ghcr.io, ghcr.io.evil.example/games/java:21",
        "ghcr.io, ghcr.io.evil/games/java:21",
        "ghcr.io, evil.example/ghcr.io/java",
        "ghcr.io, ghcr.io:8443/games/java",
        "ghcr.io, xghcr.io/games/java",
        "ghcr.io, games/ghcr.io",
        "ghcr.io/games, ghcr.io/games-evil/java",
        "ghcr.io/games, ghcr.io/other/games",
        "ghcr.io/games/java, ghcr.io/games",
        "registry.example.com:5000, registry.example.com:50001/x",
        "registry.example.com, registry.example.com:5000/x",
        "docker.io, docker.io.evil.example/redis",
        "docker.io, ghcr.io/library/redis",
    })
    void sendsItNowhereElse(String key, String image) {
        assertThat(user(Map.of(key, "user"), image)).isEqualTo("nobody");
    }

    @Test
    void takesTheLongestThatMatches() {
        var logins = new LinkedHashMap<String, String>();
        logins.put("ghcr.io", "everywhere");
        logins.put("ghcr.io/games/private", "private");
        logins.put("ghcr.io/games", "games");

        assertThat(user(logins, "ghcr.io/games/private/java")).isEqualTo("private");
        assertThat(user(logins, "ghcr.io/games/privately")).isEqualTo("games");
        assertThat(user(logins, "ghcr.io/tools/x")).isEqualTo("everywhere");
    }

    @Test
    void writesItAsTheEngineWantsIt() {
        var header = new RegistryLogins(Map.of("ghcr.io", new RegistryLogin("us\"er", "pässword?>~")))
                .header(ImageReference.parse("ghcr.io/a/b"))
                .orElseThrow();

        assertThat(new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8))
                .isEqualTo("{\"username\":\"us\\\"er\",\"password\":\"pässword?>~\",\"serveraddress\":\"ghcr.io\"}");
        assertThat(new RegistryLogin("user", "secret").toString()).doesNotContain("secret");
    }

    private static String user(Map<String, String> logins, String image) {
        var registries = new LinkedHashMap<String, RegistryLogin>();
        logins.forEach((key, user) -> registries.put(key, new RegistryLogin(user, "secret")));
        return new RegistryLogins(registries)
                .header(ImageReference.parse(image))
                .map(header -> new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8))
                .map(text -> text.replaceAll(".*\"username\":\"([^\"]*)\".*", "$1"))
                .orElse("nobody");
    }
}
