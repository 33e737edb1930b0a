package dev.rookery.examples.panel.cli;

import dev.rookery.api.InvalidInputException;
import dev.rookery.examples.panel.proxy.EngineChoice;
import dev.rookery.examples.panel.proxy.ProxyOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The proxy before the servers, if there is one. */
final class ProxyArguments {

    @ArgGroup(exclusive = false, heading = "A proxy before the servers, that gives them domains:%n")
    private @Nullable Chosen chosen;

    /** Created by picocli. */
    ProxyArguments() {}

    /** A proxy of any kind. */
    static final class Chosen {

        @Option(
                names = "--proxy",
                required = true,
                paramLabel = "ENGINE",
                description = {
                    "caddy (driven by its administration), caddy-file (that watches a file), or nginx",
                    "(a process of the panel's own)"
                })
        private String engine = "";

        @Option(
                names = "--proxy-admin",
                paramLabel = "ADDRESS",
                description = {
                    "where Caddy's administration listens: address and port of this machine, or unix/ and a path",
                    "(default: ${DEFAULT-VALUE})"
                },
                defaultValue = "127.0.0.1:2019")
        private String admin = "127.0.0.1:2019";

        @Option(
                names = "--proxy-boot",
                paramLabel = "FILE",
                description = "the file that Caddy starts with; of caddy-file the one that it watches")
        private @Nullable Path boot;

        @Option(
                names = "--proxy-program",
                paramLabel = "FILE",
                description = "the engine's program (default: caddy or nginx of the PATH)")
        private @Nullable String program;

        @Option(
                names = "--proxy-elsewhere",
                description = {
                    "Caddy runs in a network of its own, such as a container's, and its program is not here:",
                    "configurations and ports are not tried before they are applied"
                })
        private boolean elsewhere;

        @Option(
                names = "--proxy-restart",
                split = " ",
                paramLabel = "COMMAND",
                description =
                        "restarts Caddy where nothing else heals it (2.6 only), such as 'systemctl restart caddy'")
        private List<String> restart = List.of();

        @Option(
                names = "--proxy-user",
                paramLabel = "NAME",
                description = "whose rights nginx's workers have (default: nobody's, where the panel is root)")
        private @Nullable String user;

        @Option(
                names = "--proxy-folder",
                paramLabel = "FOLDER",
                description =
                        "for tokens and what the engine leaves behind (default: proxy in the directory of --data)")
        private @Nullable Path folder;

        @Option(
                names = "--proxy-name",
                paramLabel = "NAME",
                description = {
                    "another one for each panel that shares the database and has an engine of its own",
                    "(default: caddy or nginx)"
                })
        private @Nullable String name;

        @Option(
                names = "--proxy-offer",
                paramLabel = "NAME",
                description = {
                    "names that users of servers may take, such as *.play.example.net; may be repeated",
                    "(default: none, only administrators give names)"
                })
        private List<String> offered = List.of();

        @Option(
                names = "--proxy-instance",
                paramLabel = "NAME",
                description = "tells this panel's records at Cloudflare from others' (default: ${DEFAULT-VALUE})",
                defaultValue = "panel")
        private String instance = "panel";

        @ArgGroup(exclusive = false)
        private CertbotArguments certbot = new CertbotArguments();

        @ArgGroup(exclusive = false)
        private CloudflareArguments cloudflare = new CloudflareArguments();

        /** Created by picocli. */
        Chosen() {}

        private ProxyOptions options(Optional<Path> data) {
            var own = Optional.ofNullable(folder)
                    .or(() -> data.map(directory -> directory.resolve("proxy")))
                    .orElseThrow(
                            () -> new InvalidInputException(
                                    "--proxy-folder: missing (expected: a folder, since the panel keeps its data in a database)"));
            return new ProxyOptions(engine(own), offered, instance, own, cloudflare.connectors(), cloudflare.api());
        }

        private EngineChoice engine(Path own) {
            if (certbot.wanted() && !engine.equals("nginx")) {
                throw new InvalidInputException(
                        "--certbot: with --proxy " + engine + " (expected: nginx; Caddy gets certificates itself)");
            }
            return switch (engine) {
                case "caddy" ->
                    new EngineChoice.Caddy(
                            named("caddy"), admin, program(), Optional.ofNullable(boot), restart, elsewhere);
                case "caddy-file" ->
                    new EngineChoice.WatchingCaddy(named("caddy"), admin, watched(), program(), elsewhere);
                case "nginx" ->
                    new EngineChoice.Nginx(
                            named("nginx"),
                            program == null ? "nginx" : program,
                            own.resolve("nginx"),
                            Optional.ofNullable(user),
                            certbot.choice());
                default ->
                    throw new InvalidInputException("--proxy: '" + engine + "' (expected: caddy, caddy-file or nginx)");
            };
        }

        private String named(String usual) {
            return name == null ? usual : name;
        }

        private Path watched() {
            return Optional.ofNullable(boot)
                    .orElseThrow(() ->
                            new InvalidInputException("--proxy-boot: missing (expected: the file that Caddy watches)"));
        }

        private Optional<String> program() {
            return elsewhere ? Optional.empty() : Optional.of(program == null ? "caddy" : program);
        }
    }

    /**
     * Returns what was chosen.
     *
     * @param data the directory of the panel's data; empty if they are in a database
     */
    Optional<ProxyOptions> options(Optional<Path> data) {
        return Optional.ofNullable(chosen).map(given -> given.options(data));
    }
}
