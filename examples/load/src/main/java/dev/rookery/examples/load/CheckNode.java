package dev.rookery.examples.load;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.node.Node;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.testing.node.ContractNode;
import dev.rookery.testing.panel.FakePanel;
import dev.rookery.testing.panel.PanelServer;
import dev.rookery.wings.HttpNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs the contracts against a node and prints what it keeps of them.
 *
 * <p>With {@code --server} it tries a server that is there, in a directory of its own, and leaves its power alone. With {@code
 * --serve-panel} it is the node's panel itself and tries everything, on servers that it creates and removes.
 */
@Command(name = "check-node", description = "Runs the contracts against a node and prints what it keeps of them.")
final class CheckNode implements Callable<Integer> {

    private static final String TOKEN_VARIABLE = "ROOKERY_NODE_TOKEN";

    @Option(names = "--url", required = true, paramLabel = "URL", description = "The node, such as https://node:8080.")
    private URI url = URI.create("http://127.0.0.1");

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "The node's secret. Others on this machine can see arguments: better in the environment as "
                    + TOKEN_VARIABLE + ", or in a file.")
    private @Nullable String token;

    @Option(names = "--token-file", paramLabel = "FILE", description = "A file that holds the node's secret.")
    private @Nullable Path tokenFile;

    @Option(names = "--token-id", paramLabel = "ID", description = "The node's public id; needed with --serve-panel.")
    private String tokenId = "checknode";

    @Option(names = "--server", paramLabel = "UUID", description = "A server of the node to try things on.")
    private @Nullable String server;

    @Option(
            names = "--program",
            description = "Says that the server runs the contract's program, so that it may be started and stopped.")
    private boolean program;

    @Option(
            names = "--panel-url",
            paramLabel = "URL",
            description = "The panel's URL as the node has it; without it consoles are not tried.")
    private @Nullable String panelUrl;

    @Option(
            names = "--serve-panel",
            paramLabel = "PORT",
            description = "Be the node's panel at http://127.0.0.1:PORT, which the node has to be configured with.")
    private @Nullable Integer servePanel;

    @Option(names = "--dialect", paramLabel = "NAME", description = "pelican, pterodactyl, calagopus or nexus.")
    private @Nullable String dialect;

    @Option(names = "--report", paramLabel = "FILE", description = "Also write the report here, as Markdown.")
    private @Nullable Path report;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (server == null && servePanel == null) {
            throw new InvalidInputException("no server to try anything on (expected: --server or --serve-panel)");
        }
        var credentials = new NodeCredentials(tokenId, secret());
        var panel = new FakePanel();
        try (var served = panelFor(panel, credentials);
                var subject = subject(credentials, panel, served.url())) {
            return tell(Compatibility.check(subject));
        }
    }

    /** What is open while the node is tried. */
    private record ServedPanel(Optional<PanelServer> server, Optional<String> url) implements AutoCloseable {
        @Override
        public void close() {
            server.ifPresent(PanelServer::close);
        }
    }

    private ServedPanel panelFor(FakePanel panel, NodeCredentials credentials) throws IOException {
        if (servePanel == null) {
            return new ServedPanel(Optional.empty(), Optional.ofNullable(panelUrl));
        }
        var served = PanelServer.start(panel, credentials, servePanel);
        return new ServedPanel(
                Optional.of(served), Optional.of(panelUrl == null ? served.url().toString() : panelUrl));
    }

    private ContractNode subject(NodeCredentials credentials, FakePanel panel, Optional<String> origin) {
        var client = HttpNode.builder(url, credentials);
        origin.ifPresent(client::panelUrl);
        if (dialect != null) {
            client.dialect(Dialect.parse(dialect));
        }
        Node node = client.build();
        var subject = ContractNode.builder(node).lenient();
        if (servePanel != null) {
            subject.panel(panel);
        }
        if (server != null) {
            subject.existing(ServerId.parse(server));
        }
        if (program) {
            subject.program();
        }
        return subject.build();
    }

    private int tell(Compatibility found) throws IOException {
        var text = found.report();
        if (spec != null) {
            spec.commandLine().getOut().print(text);
            spec.commandLine().getOut().flush();
        }
        if (report != null) {
            Files.writeString(report, text);
        }
        return found.kept() ? 0 : 1;
    }

    private String secret() throws IOException {
        if (tokenFile != null) {
            return Files.readString(tokenFile).strip();
        }
        var given = token == null ? System.getenv(TOKEN_VARIABLE) : token;
        if (given == null || given.isBlank()) {
            throw new InvalidInputException(
                    "no token (expected: " + TOKEN_VARIABLE + " in the environment, --token-file or --token)");
        }
        return given;
    }
}
