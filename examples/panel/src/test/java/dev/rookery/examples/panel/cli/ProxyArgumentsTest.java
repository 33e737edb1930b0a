package dev.rookery.examples.panel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import dev.rookery.examples.panel.proxy.ConnectorChoice;
import dev.rookery.examples.panel.proxy.ContainerEngine;
import dev.rookery.examples.panel.proxy.EngineChoice;
import dev.rookery.examples.panel.proxy.ProxyOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The proxy of {@code serve}. */
class ProxyArgumentsTest {

    private static final Path DATA = Path.of("/var/lib/panel");

    @Command
    static final class Program {
        @Mixin
        private final ProxyArguments proxy = new ProxyArguments();
    }

    @Test
    void isOffUnlessChosen() {
        assertThat(read()).isEmpty();
        assertThatThrownBy(() -> read("--proxy-offer", "*.play.example.net"))
                .isInstanceOf(CommandLine.MissingParameterException.class);
    }

    @Test
    void isACaddyAtItsUsualPlace() {
        var options =
                read("--proxy", "caddy", "--proxy-offer", "*.play.example.net").orElseThrow();
        assertThat(options.engine())
                .isEqualTo(new EngineChoice.Caddy(
                        "caddy", "127.0.0.1:2019", Optional.of("caddy"), Optional.empty(), List.of(), false));
        assertThat(options.offered()).containsExactly("*.play.example.net");
        assertThat(options.folder()).isEqualTo(DATA.resolve("proxy"));
        assertThat(options.connectors()).isEmpty();
        assertThat(options.cloudflareApi()).isEqualTo(ProxyOptions.CLOUDFLARE);
    }

    @Test
    void isACaddyElsewhere() {
        var options = read(
                        "--proxy=caddy",
                        "--proxy-admin=unix//run/caddy/admin.sock",
                        "--proxy-name=caddy-2",
                        "--proxy-boot=/etc/caddy/caddy.json",
                        "--proxy-elsewhere",
                        "--proxy-restart=systemctl restart caddy",
                        "--proxy-folder=/srv/proxy",
                        "--cloudflared=/usr/bin/cloudflared")
                .orElseThrow();
        assertThat(options.engine())
                .isEqualTo(new EngineChoice.Caddy(
                        "caddy-2",
                        "unix//run/caddy/admin.sock",
                        Optional.empty(),
                        Optional.of(Path.of("/etc/caddy/caddy.json")),
                        List.of("systemctl", "restart", "caddy"),
                        true));
        assertThat(options.folder()).isEqualTo(Path.of("/srv/proxy"));
        assertThat(options.connectors()).contains(new ConnectorChoice.Processes(Path.of("/usr/bin/cloudflared")));
    }

    @Test
    void connectsTunnelsByContainersOfACertainVersion() {
        assertThat(read("--proxy=caddy", "--cloudflared-image").orElseThrow().connectors())
                .contains(new ConnectorChoice.Containers(
                        new ContainerEngine("unix:///var/run/docker.sock"),
                        "cloudflare/cloudflared:2026.8.2",
                        "host",
                        List.of()));
        assertThat(read(
                                "--proxy=caddy",
                                "--cloudflared-image=example.net/cloudflared:1",
                                "--cloudflared-network=proxy_nw",
                                "--cloudflared-engine=unix:///run/podman.sock")
                        .orElseThrow()
                        .connectors())
                .contains(new ConnectorChoice.Containers(
                        new ContainerEngine("unix:///run/podman.sock"),
                        "example.net/cloudflared:1",
                        "proxy_nw",
                        List.of()));
        assertRefused("--proxy=caddy", "--cloudflared-image=cloudflare/cloudflared:latest");
        assertRefused("--proxy=caddy", "--cloudflared-image", "--cloudflared=/usr/bin/cloudflared");
    }

    @Test
    void isACaddyThatWatchesAFileOrAnNginx() {
        assertThat(read("--proxy=caddy-file", "--proxy-boot=/etc/caddy/caddy.json")
                        .orElseThrow()
                        .engine())
                .isEqualTo(new EngineChoice.WatchingCaddy(
                        "caddy", "127.0.0.1:2019", Path.of("/etc/caddy/caddy.json"), Optional.of("caddy"), false));
        assertThat(read("--proxy=nginx", "--proxy-user=www-data").orElseThrow().engine())
                .isEqualTo(new EngineChoice.Nginx(
                        "nginx", "nginx", DATA.resolve("proxy/nginx"), Optional.of("www-data"), Optional.empty()));
    }

    @Test
    void callsCertbotOnlyForNginxAndWhereSomebodyHasAgreed() {
        var given = read(
                        "--proxy=nginx",
                        "--certbot",
                        "--certbot-agree-tos",
                        "--certbot-email=ops@example.net",
                        "--certbot-server=https://ca.example.net/dir",
                        "--certbot-trust=/etc/ca.pem")
                .orElseThrow();

        assertThat(given.engine())
                .isInstanceOfSatisfying(
                        EngineChoice.Nginx.class,
                        nginx -> assertThat(nginx.certbot())
                                .contains(new EngineChoice.CertbotChoice(
                                        "certbot",
                                        Optional.of("ops@example.net"),
                                        Optional.of("https://ca.example.net/dir"),
                                        Optional.of(Path.of("/etc/ca.pem")))));
        assertThat(given.engine().certificates().orElseThrow().file("a.example.net"))
                .isEqualTo(DATA.toAbsolutePath()
                        .resolve("proxy/nginx/letsencrypt/live/rookery-a.example.net/fullchain.pem"));
        assertThatThrownBy(() -> read("--proxy=nginx", "--certbot"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--certbot-agree-tos");
        assertRefused("--proxy=caddy", "--certbot", "--certbot-agree-tos");
    }

    @Test
    void takesItsOptionsInAnyOrder() {
        var given = read(
                        "--certbot",
                        "--cloudflared=/usr/bin/cloudflared",
                        "--proxy=nginx",
                        "--certbot-agree-tos",
                        "--cloudflare-api=http://127.0.0.1:8080/client/v4")
                .orElseThrow();

        assertThat(given.engine().certificates()).isPresent();
        assertThat(given.connectors()).isPresent();
        assertThat(given.cloudflareApi()).hasPort(8080);
    }

    @Test
    void refusesWhatDoesNotGoTogether() {
        assertRefused("--proxy=caddy-file");
        assertRefused("--proxy=apache");
        assertRefused("--proxy=caddy", "--proxy-offer=play.example.net");
        assertRefused("--proxy=caddy", "--proxy-offer=*.net");
        assertRefused("--proxy=caddy", "--proxy-instance=a b");
        assertRefused("--proxy=caddy", "--cloudflare-api=http://api.example.net/client/v4");
        assertRefused("--proxy=caddy", "--cloudflare-api=http://127.0.0.1.example.net/");
        assertThat(read("--proxy=caddy", "--cloudflare-api=http://127.0.0.1:8080/client/v4"))
                .isPresent();
        assertThatThrownBy(() -> parsed("--proxy=caddy").options(Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--proxy-folder");
    }

    private static void assertRefused(String... arguments) {
        assertThatThrownBy(() -> read(arguments)).isInstanceOf(InvalidInputException.class);
    }

    private static Optional<ProxyOptions> read(String... arguments) {
        return parsed(arguments).options(Optional.of(DATA));
    }

    private static ProxyArguments parsed(String... arguments) {
        var program = new Program();
        new CommandLine(program).parseArgs(arguments);
        return program.proxy;
    }
}
