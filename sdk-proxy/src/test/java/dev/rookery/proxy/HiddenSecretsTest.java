package dev.rookery.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.proxy.apply.Candidate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is shown to people, and what comes back from them. */
class HiddenSecretsTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'accounts':[{'user':'ops','hash':'canary'}]}",
                "{'accounts':[{'username':'ops','password':'canary'}]}",
                "{'set':{'Authorization':'canary'}}",
                "{'set':{'authorization':['canary','canary']}}",
                "{'add':{'X-Auth-Token':'canary'}}",
                "{'set':{'Set-Cookie':'canary'}}",
                "{'crypto':{'token_secret':'canary','private_key':'canary'}}",
                "{'client_secret':'canary','api_token':'canary','apiKey':'canary'}",
                "{'eab':{'key_id':'shown','mac_key':'canary'}}"
            })
    void hidesWhatIsSecretByItsName(String json) {
        var hidden = HiddenSecrets.hide(json(json));

        assertThat(hidden.toString()).contains("[hidden]").doesNotContain("canary");
        assertThat(HiddenSecrets.restore(hidden, json(json))).isEqualTo(json(json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'token':'file:/run/secrets/cf'}",
                "{'api_token':'{env.CF}'}",
                "{'secret':'env:COOKIE'}",
                "{'key_type':'p256','key':'{http.request.host}','certificate':'/a.pem'}",
                "{'hash':{'algorithm':'argon2id'},'hash_cache':{}}",
                "{'policy':'cookie'}"
            })
    void showsWhereASecretIsAndWhatIsNone(String json) {
        assertThat(HiddenSecrets.hide(json(json))).isEqualTo(json(json));
    }

    @Test
    void keepsTheSecretOfTheSameItemWhereverItStands() {
        var saved = json("{'accounts':[{'user':'a','hash':'one'},{'user':'b','hash':'two'}]}");

        var restored = HiddenSecrets.restore(
                json("{'accounts':[{'user':'c','hash':'new'},{'user':'b','hash':'[hidden]'}]}"), saved);

        assertThat(restored).isEqualTo(json("{'accounts':[{'user':'c','hash':'new'},{'user':'b','hash':'two'}]}"));
    }

    @Test
    void keepsSecretsOfItemsWithoutNamesWhereThatIsCertain() {
        var saved = json("[{'at':1,'password':'one'},{'at':2,'password':'two'}]");

        assertThat(HiddenSecrets.restore(json("[{'at':2,'password':'[hidden]'}]"), saved))
                .isEqualTo(json("[{'at':2,'password':'two'}]"));
        assertThat(HiddenSecrets.restore(
                        json("[{'at':3,'password':'[hidden]'},{'at':2,'password':'[hidden]'}]"), saved))
                .isEqualTo(json("[{'at':3,'password':'one'},{'at':2,'password':'two'}]"));
        assertThatThrownBy(() -> HiddenSecrets.restore(json("[{'at':3,'password':'[hidden]'}]"), saved))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("/0/password");
        assertThatThrownBy(() -> HiddenSecrets.restore(
                        json("[{'at':2,'password':'[hidden]'},{'at':3,'password':'[hidden]'}]"), saved))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void hiddenIsNoSecretOfItsOwn() {
        assertThatThrownBy(() -> HiddenSecrets.restore(
                        json("{'accounts':[{'user':'new','hash':'[hidden]'}]}"),
                        json("{'accounts':[{'user':'ops','hash':'canary'}]}")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("/accounts/0/hash")
                .hasMessageNotContaining("canary");
    }

    @Test
    void filesOfEnginesAreShownWithoutSecrets() {
        var files = new Candidate(
                        3,
                        Map.of(
                                "caddy.json",
                                "{\"a\":{\"username\":\"ops\",\"password\":\"canary\"}}",
                                "users-lobby",
                                "ops:$2b$12$canary\nanna:$2b$12$canary\n",
                                "nginx.conf",
                                "  proxy_set_header Authorization \"Basic canary\";\n  proxy_set_header Host $host;\n"))
                .shown();

        assertThat(files.toString()).doesNotContain("canary");
        assertThat(files.get("users-lobby")).isEqualTo("ops:[hidden]\nanna:[hidden]\n");
        assertThat(files.get("nginx.conf"))
                .isEqualTo("  proxy_set_header Authorization [hidden];\n  proxy_set_header Host $host;\n");
        assertThat(files.get("caddy.json")).contains("\"username\" : \"ops\"", "[hidden]");
    }

    private static Json json(String text) {
        try {
            return MAPPER.readValue(text.replace('\'', '"'), Json.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
