package dev.rookery.examples.load;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.testing.node.ContractNode;
import dev.rookery.testing.panel.FakePanel;
import dev.rookery.testing.panel.PanelServer;
import dev.rookery.wings.CertificatePin;
import dev.rookery.wings.HttpNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs the contracts against a node and prints what it keeps of them.
 *
 * <p>Without more it asks for the machine only. With {@code --server} it tries a server that is there, in directories of its own, and
 * leaves its power alone. With {@code --serve-panel} it is the node's panel itself and tries everything, on servers that it creates and
 * removes.
 */
@Command(
        name = "check-node",
        description = {
            "Runs the contracts against a node and prints what it keeps of them.",
            "Without --server and --serve-panel it only asks the machine, and changes nothing."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:the node keeps everything that it could be asked",
            " 1:something failed; the report says what",
            " 2:the arguments are wrong; nothing was asked",
            " 3:the node cannot be asked: not there, no such token or server, TLS",
            "70:the program itself went wrong"
        })
final class CheckNode implements Callable<Integer> {

    /** Exit code: the node cannot be asked. */
    static final int UNASKABLE = 3;

    /** Not sent to a node, and nothing else needs it. */
    private static final String ID = "check-node";

    @Option(
            names = "--url",
            required = true,
            paramLabel = "URL",
            description = "The node, such as https://node.example:8080.")
    private String url = "";

    @Mixin
    private NodeSecret secret = new NodeSecret();

    @Option(
            names = "--server",
            paramLabel = "UUID",
            description =
                    "A server of the node to try things on: in new directories called contract-*, which are removed again.")
    private @Nullable String server;

    @Option(
            names = "--panel-url",
            paramLabel = "URL",
            description = "The panel's URL, letter by letter as the node has it; without it consoles are not tried.")
    private @Nullable String panelUrl;

    @Option(
            names = "--program",
            description = "Says that the server runs the contract's program, so that it may be stopped.")
    private boolean program;

    @Option(
            names = "--serve-panel",
            paramLabel = "PORT",
            description = {
                "Be the node's panel at http://127.0.0.1:PORT, which the node has to be configured with, and try everything on servers"
                        + " that are made for it.",
                "For a node that nobody else uses."
            })
    private @Nullable Integer servePanel;

    @Option(
            names = "--token-id",
            paramLabel = "ID",
            description = "The public id of the node's secret; needed with --serve-panel.")
    private @Nullable String tokenId;

    @Option(
            names = "--dialect",
            paramLabel = "NAME",
            description = "pelican, pterodactyl, calagopus or nexus; found out by itself but for nexus.")
    private @Nullable String dialect;

    @Option(
            names = "--pin",
            paramLabel = "SHA256",
            description =
                    "Trust the node's certificate by its fingerprint, as openssl x509 -fingerprint -sha256 shows it.")
    private @Nullable String pin;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            description = "How long to wait for a node that is not up yet (default: ${DEFAULT-VALUE}).")
    private int wait;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Option(names = "--report", paramLabel = "FILE", description = "Also write the report here.")
    private @Nullable Path report;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (servePanel != null && (server != null || tokenId == null)) {
            throw new InvalidInputException("--serve-panel (expected: with --token-id ID, without --server)");
        }
        var node = address();
        var existing = Optional.ofNullable(server).map(ServerId::parse);
        var credentials = credentials(secret.read(err(), System.in));
        var panel = new FakePanel();
        try (var served = panelFor(panel, credentials)) {
            return tell(trial(node, client(node, credentials, served.url()), panel, existing));
        }
    }

    /** Accepts the secret alone, and the form {@code id.secret} that nodes show their panel. */
    private NodeCredentials credentials(String given) {
        return NodeCredentials.parse(given).orElseGet(() -> new NodeCredentials(tokenId == null ? ID : tokenId, given));
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
        try {
            var served = PanelServer.start(panel, credentials, servePanel);
            return new ServedPanel(
                    Optional.of(served),
                    Optional.of(panelUrl == null ? served.url().toString() : panelUrl));
        } catch (BindException e) {
            throw new InvalidInputException("--serve-panel: port " + servePanel + " is taken", e);
        }
    }

    private URI address() {
        try {
            var address = URI.create(url.strip());
            var scheme = String.valueOf(address.getScheme());
            if (address.getHost() != null && (scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))) {
                return address;
            }
        } catch (IllegalArgumentException ignored) {
            // It says less than what follows.
        }
        throw new InvalidInputException("--url: no address of a node (expected: http(s)://host[:port])");
    }

    private HttpNode client(URI node, NodeCredentials credentials, Optional<String> origin) {
        var client = HttpNode.builder(node, credentials);
        origin.ifPresent(client::panelUrl);
        if (dialect != null) {
            client.dialect(Dialect.parse(dialect));
        }
        if (pin != null) {
            client.pins(CertificatePin.certificate(pin));
        }
        return client.build();
    }

    private Report trial(URI url, HttpNode node, FakePanel panel, Optional<ServerId> existing)
            throws IOException, InterruptedException {
        var contact = new FirstContact(node, url);
        var system = contact.system(Duration.ofSeconds(wait));
        existing.ifPresent(contact::server);
        var leftovers = new Leftovers(node, existing, panel);
        Runtime.getRuntime().addShutdownHook(new Thread(leftovers::removeUnlessDone, "leftovers"));
        try (var subject = subject(node, panel, existing)) {
            boolean consoles = panelUrl != null || servePanel != null;
            Groups.subject(new Groups.Tried(subject, node, consoles, addressTowards(url)));
            var found = Compatibility.check(err());
            return new Report(
                    url,
                    node.dialect().wireName(),
                    system,
                    node.capabilities(),
                    way(existing),
                    found,
                    leftovers.remove());
        }
    }

    private ContractNode subject(HttpNode node, FakePanel panel, Optional<ServerId> existing) {
        var subject = ContractNode.builder(node).lenient();
        if (servePanel != null) {
            subject.panel(panel);
        }
        existing.ifPresent(subject::existing);
        if (program) {
            subject.program();
        }
        return subject.build();
    }

    /** Returns the address that this machine has on the way to the node; nothing is sent. */
    private static InetAddress addressTowards(URI node) throws IOException {
        var target = InetAddress.getByName(node.getHost());
        if (target.isLoopbackAddress()) {
            return target;
        }
        try (var socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(target, 9));
            return socket.getLocalAddress();
        }
    }

    private String way(Optional<ServerId> existing) {
        if (servePanel != null) {
            return "It was tried on servers made for that; its panel was this program.";
        }
        return existing.map(id -> "It was tried on server " + id + ", in directories called contract-*; "
                        + (program ? "the server was stopped." : "the server was neither started nor stopped."))
                .orElse("Only its machine was asked (--server names a server to try more on); nothing was changed.");
    }

    private int tell(Report told) throws IOException {
        var text = json ? told.json() : told.text();
        if (spec != null) {
            spec.commandLine().getOut().print(text);
            spec.commandLine().getOut().flush();
        }
        if (report != null) {
            Files.writeString(report, text);
        }
        return told.found().kept() ? CommandLine.ExitCode.OK : 1;
    }

    private PrintWriter err() {
        return spec == null
                ? new PrintWriter(Writer.nullWriter())
                : spec.commandLine().getErr();
    }
}
