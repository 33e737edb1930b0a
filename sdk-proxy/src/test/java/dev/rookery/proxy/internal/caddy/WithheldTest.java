package dev.rookery.proxy.internal.caddy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.internal.json.ProxyJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Caddy fills in its placeholders before it looks at a value, and says the value that it does not like. */
class WithheldTest {

    @TempDir
    Path folder;

    @Test
    void hidesWhatPlaceholdersStandFor() throws IOException {
        var token = Files.writeString(folder.resolve("token"), "s3cr3t-of-a-file\n");
        var config = "{\"a\": [{\"api_token\": \"{file." + token + "}\", \"path\": \"/x/{env.PATH}/y\"}]}";

        assertThat(from("open /x/" + System.getenv("PATH") + "/y: no token s3cr3t-of-a-file", config))
                .isEqualTo("open /x/[hidden]/y: no token [hidden]");
    }

    @Test
    void hidesSecretsThatStandThereThemselves() {
        var config = "{\"provider\": {\"api_token\": \"abcdefgh\", \"name\": \"cloudflare\"}}";

        assertThat(from("cloudflare: token 'abcdefgh' appears invalid", config))
                .isEqualTo("cloudflare: token '[hidden]' appears invalid");
    }

    /** Such as variables of another machine, or of another user. */
    @Test
    void hidesWhateverIsQuotedIfASecretIsNotKnownHere() {
        var config = "{\"api_token\": \"{env.ROOKERY_NOBODY_HAS_THIS}\"}";

        assertThat(from("token 'abc', or \"def\", appears invalid", config))
                .isEqualTo("token [hidden], or [hidden], appears invalid");
    }

    @Test
    void leavesTheRestAsItIs() {
        var config = "{\"body\": \"\\\\{env.PATH\\\\}\", \"listen\": [\":80\"]}";

        assertThat(from("listen tcp :80: bind: 'address' already in use", config))
                .isEqualTo("listen tcp :80: bind: 'address' already in use");
    }

    private static String from(String said, String config) {
        return Withheld.from(said, ProxyJson.read(config.getBytes(StandardCharsets.UTF_8)));
    }
}
