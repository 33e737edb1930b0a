package dev.rookery.examples.panel.cli;

import dev.rookery.api.InvalidInputException;
import dev.rookery.examples.panel.proxy.EngineChoice;
import dev.rookery.examples.panel.proxy.ProxyOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The proxy before the servers. */
final class ProxyCommandOptions {

    @ArgGroup(exclusive = false, heading = "A proxy before the servers, off unless chosen:%n")
    private @Nullable Chosen chosen;

    /** Created by picocli. */
    ProxyCommandOptions() {}

    /** Which program it is. */
    enum Kind {
        CADDY,
        CADDY_FILE,
        NGINX;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What is chosen together. */
    static final class Chosen {

        @Option(
                names = "--proxy",
                required = true,
                paramLabel = "PROGRAM",
                description = {
                    "${COMPLETION-CANDIDATES}: a Caddy that is driven by its administration, a Caddy that watches a file,",
                    "or an nginx of the panel's own"
                })
        private Kind kind = Kind.CADDY;

        @Option(
                names = "--proxy-folder",
                paramLabel = "FOLDER",
                description = {
                    "for tokens, for what is wanted at Cloudflare and for what the program leaves behind",
                    "(default: proxy in the directory of --data)"
                })
        private @Nullable Path folder;

        @Option(
                names = "--proxy-name",
                paramLabel = "NAME",
                description = {
                    "the engine's name, another one for each panel that has an engine of its own and shares the database",
                    "(default: caddy or nginx)"
                })
        private @Nullable String name;

        @Option(
                names = "--proxy-offer",
                paramLabel = "NAME",
                description = "names that users may give their servers, such as *.play.example.net; several times if wanted")
        private List<String> offered = new ArrayList<>();

        @Option(
                names = "--proxy-program",
                paramLabel = "FILE",
                description = {
                    "the program, which checks configurations; none if it is not on this machine",
                    "(default: caddy or nginx on the PATH)"
                })
        private @Nullable String program;

        @Option(
                names = "--proxy-admin",
                paramLabel = "ADDRESS",
                description = "caddy: its administration, or unix/ and a path (default: 127.0.0.1:2019)")
        private @Nullable String admin;

        @Option(
                names = "--proxy-boot-file",
                paramLabel = "FILE",
                description = "caddy: what it starts with, written after each proof; caddy-file: what it watches")
        private @Nullable Path bootFile;

        @Option(
                names = "--proxy-restart",
                paramLabel = "WORD",
                arity = "1..*",
                description = "caddy: the command that restarts it, such as systemctl restart caddy; wanted for 2.6 only")
        private List<String> restart = new ArrayList<>();

        @Option(
                names = "--proxy-own-network",
                description = "caddy, caddy-file: it has another network than the panel, such as in a container")
        private boolean ownNetwork;

        @Option(names = "--proxy-user", paramLabel = "NAME", description = "nginx: the user of its workers")
        private @Nullable String user;

        @Option(names = "--proxy-ipv6", description = "nginx: listens on IPv6, too")
        private boolean ipv6;

        @Option(
                names = "--cloudflare-instance",
                paramLabel = "NAME",
                description = "in the marks of this panel's records at Cloudflare (default: ${DEFAULT-VALUE})",
                defaultValue = "panel")
        private String instance = "panel";

        @Option(
                names = "--cloudflare-api",
                paramLabel = "URL",
                description = "where Cloudflare's API is reached (default: Cloudflare's own address)")
        private @Nullable URI cloudflare;

        @Option(
                names = "--cloudflared",
                paramLabel = "FILE",
                description = "the program that connects tunnels, if the panel is to run it")
        private @Nullable Path cloudflared;

        /** Created by picocli. */
        Chosen() {}

        private ProxyOptions options(Optional<Path> data) {
            var place = Optional.ofNullable(folder)
                    .or(() -> data.map(directory -> directory.resolve("proxy")))
                    .orElseThrow(() -> new InvalidInputException(
                            "proxy: no folder (expected: --proxy-folder, since --data does not name one)"));
            return new ProxyOptions(
                    engine(place),
                    offered,
                    instance,
                    place,
                    Optional.ofNullable(cloudflared),
                    cloudflare == null ? ProxyOptions.CLOUDFLARE : cloudflare);
        }

        private EngineChoice engine(Path place) {
            require(kind == Kind.NGINX || (user == null && !ipv6), "--proxy-user and --proxy-ipv6", "nginx");
            require(kind != Kind.NGINX || (bootFile == null && !ownNetwork), "--proxy-boot-file and --proxy-own-network", "caddy");
            require(kind == Kind.CADDY || (admin == null && restart.isEmpty()), "--proxy-admin and --proxy-restart", "caddy");
            return switch (kind) {
                case CADDY -> new EngineChoice.Caddy(
                        named("caddy"),
                        admin == null ? "127.0.0.1:2019" : admin,
                        programOr("caddy"),
                        Optional.ofNullable(bootFile),
                        restart,
                        ownNetwork);
                case CADDY_FILE -> new EngineChoice.WatchingCaddy(
                        named("caddy"),
                        Optional.ofNullable(bootFile)
                                .orElseThrow(() -> new InvalidInputException(
                                        "proxy: no file (expected: --proxy-boot-file with the one that Caddy watches)")),
                        programOr("caddy"),
                        ownNetwork);
                case NGINX -> new EngineChoice.Nginx(
                        named("nginx"),
                        programOr("nginx")
                                .orElseThrow(() -> new InvalidInputException(
                                        "proxy: no program (expected: an nginx of this machine)")),
                        place.resolve("nginx"),
                        Optional.ofNullable(user),
                        ipv6);
            };
        }

        private static void require(boolean holds, String names, String kind) {
            if (!holds) {
                throw new InvalidInputException("proxy: " + names + " are for another program (expected: --proxy " + kind + ")");
            }
        }

        private String named(String usual) {
            return name == null ? usual : name;
        }

        private Optional<String> programOr(String usual) {
            return Optional.of(program == null ? usual : program).filter(given -> !given.equals("none"));
        }
    }

    /** Returns what was chosen; empty if nothing was. */
    Optional<ProxyOptions> options(Optional<Path> data) {
        return Optional.ofNullable(chosen).map(chosen -> chosen.options(data));
    }
}
