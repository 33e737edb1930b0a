package dev.rookery.proxy.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.Json;
import dev.rookery.proxy.internal.json.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real cloudflared takes what is made for it, and finds the rules that we say it finds. */
@Tag("cloudflared")
class CloudflaredRulesTest {

    private static final int DOCUMENTS = 40;
    private static final List<String> HOSTS = List.of(
            "a.example.net", "b.a.example.net", "*.example.net", "*.a.example.net", "c.example.org", "*.example.org");
    private static final List<String> PATHS = List.of("^/v1/", "/api", "^/a[0-9]{1,3}$", "(x|y)\\.png", "\\{z\\}");
    private static final List<String> ASKED = List.of("/", "/v1/x", "/x/api/y", "/a12", "/a1234", "/x.png", "/%7Bz%7D");
    private static final Pattern FOUND = Pattern.compile("Matched rule #(\\d+)");

    @TempDir
    Path folder;

    private record Outcome(int exit, String said) {}

    @Test
    void takesWhatIsMadeAndFindsTheSameRules() throws Exception {
        for (int seed = 0; seed < DOCUMENTS; seed++) {
            var random = new Random(seed);
            var ingress = new Ingress(rules(random));
            assertThat(ingress.problems()).as("seed %s", seed).isEmpty();
            write(ingress.configFile("6ff42ae2-765d-4adf-8112-31c55c1551ef", "/etc/c.json", "127.0.0.1:20241"));

            var valid = run("validate");
            assertThat(valid.exit()).as("seed %s: %s", seed, valid.said()).isZero();
            assertThat(valid.said()).as("seed %s", seed).doesNotContain("unknown");
            var host = HOSTS.get(random.nextInt(HOSTS.size())).replace("*", "w" + random.nextInt(3));
            var path = ASKED.get(random.nextInt(ASKED.size()));
            var found = FOUND.matcher(run("rule", "https://" + host + path).said());
            assertThat(found.find()).isTrue();
            assertThat(Integer.parseInt(found.group(1)))
                    .as("seed %s: %s%s in %s", seed, host, path, ingress.rules())
                    .isEqualTo(ingress.matching(host, path.replace("%7B", "{").replace("%7D", "}")));
        }
    }

    @Test
    void refusesWhatWeRefuseForItsSake() throws Exception {
        for (var rules : List.of(
                "  - hostname: a.example.net\n    service: http://a:80\n",
                "  - service: http://a:80\n  - service: http_status:404\n",
                "  - hostname: a.example.net:80\n    service: http://a:80\n  - service: http_status:404\n",
                "  - hostname: a.*.example.net\n    service: http://a:80\n  - service: http_status:404\n",
                "  - service: http://a:80/\n",
                "  - service: a:80\n",
                "  - service: http_status:1000\n")) {
            write(("ingress:\n" + rules).getBytes(StandardCharsets.UTF_8));

            assertThat(run("validate").exit()).as(rules).isEqualTo(1);
        }
    }

    private static List<IngressRule> rules(Random random) {
        var rules = new ArrayList<IngressRule>();
        var seen = new ArrayList<String>();
        for (int i = random.nextInt(6); i > 0; i--) {
            var host = HOSTS.get(random.nextInt(HOSTS.size()));
            var path = random.nextBoolean()
                    ? Optional.of(PATHS.get(random.nextInt(PATHS.size())))
                    : Optional.<String>empty();
            if (!seen.contains(host + path)) {
                seen.add(host + path);
                rules.add(new IngressRule(Optional.of(host), path, "https://10.20.0." + i + ":8443", origin(random)));
            }
        }
        rules.add(IngressRule.catchAll(random.nextBoolean() ? "http_status:404" : "http://caddy:80"));
        return rules;
    }

    private static Json.Obj origin(Random random) {
        return random.nextBoolean()
                ? new Json.Obj(Map.of())
                : new Tree()
                        .put("connectTimeout", 10)
                        .put("originServerName", "app.internal")
                        .put("noTLSVerify", true)
                        .json();
    }

    private void write(byte[] config) throws IOException {
        Files.write(folder.resolve("config.yml"), config);
    }

    private Outcome run(String... arguments) throws IOException, InterruptedException {
        var program = System.getenv("ROOKERY_CLOUDFLARED");
        var command = new ArrayList<>(List.of(
                program, "tunnel", "--config", folder.resolve("config.yml").toString(), "ingress"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HOME", folder.toString());
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), said);
    }
}
