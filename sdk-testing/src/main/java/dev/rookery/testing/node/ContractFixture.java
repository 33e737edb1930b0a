package dev.rookery.testing.node;

import dev.rookery.api.Caller;
import dev.rookery.api.Content;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.ServerId;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.Node;
import dev.rookery.api.node.NodeFiles;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import dev.rookery.testing.Eventually;
import dev.rookery.testing.Offered;
import dev.rookery.testing.panel.FakePanel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

/**
 * What the groups of the node contract share. Each group is a class to extend: hand in a {@link ContractNode}, the same for the whole
 * test, and its tests run against it. A test whose capability the node does not list, or that needs our panel where there is another,
 * is passed over.
 */
public abstract class ContractFixture {

    /** How long something may take that happens at once. */
    protected static final Duration SOON = Duration.ofSeconds(10);
    /** How long something may take that starts a process. */
    protected static final Duration LATER = Duration.ofSeconds(60);

    private final List<ServerId> installed = new ArrayList<>();

    /** Creates the fixture of one test. */
    protected ContractFixture() {}

    /** Returns the node to try, the same one for the whole test. */
    protected abstract ContractNode subject();

    /** Removes the servers that the test has installed. */
    @AfterEach
    void removeServers() {
        installed.forEach(id -> {
            try {
                node().server(id).delete();
            } catch (NotFoundException ignored) {
                // The test has deleted it itself.
            }
        });
    }

    /** Returns the node, asked by the panel. */
    protected final Node node() {
        return subject().node();
    }

    /** Returns the panel of the node; the test is passed over if that is not ours. */
    protected final FakePanel panel() {
        Offered.assumeAskable(subject().panel().isPresent(), "the panel of this node is not ours");
        return subject().panel().orElseThrow();
    }

    /** Returns the server that tests share; the test is passed over if there is none. */
    protected final NodeServer shared() {
        Offered.assumeAskable(subject().hasServer(), "no server of the node was named");
        return subject().server();
    }

    /** Returns a server of the test's own; the test is passed over if the panel is not ours. */
    protected final NodeServer installed() {
        panel();
        return subject().install(newServer());
    }

    /** Returns the id of a server that is removed after the test. */
    protected final ServerId newServer() {
        var id = ServerId.random();
        installed.add(id);
        return id;
    }

    /** Passes the test over if the node does not list the capability. */
    protected final void assumeOffered(Capability capability) {
        Offered.assume(node().capabilities().contains(capability), capability.toString());
    }

    /** Passes the test over if the server must not be started, stopped and talked to. */
    protected final void assumeProgram() {
        Offered.assumeAskable(subject().program(), "the server does not run the contract's program");
    }

    /** Passes the test over if a node that does wrong could harm a server that is not the contract's own. */
    protected final void assumeExpendable() {
        Offered.assumeAskable(subject().expendable(), "too dangerous for a server that is not the contract's own");
    }

    /** Returns whether the node has to keep every word of the port's documentation. */
    protected final boolean strict() {
        return subject().strict();
    }

    /** Returns the node asked by a user with the given permissions. */
    protected final Node asUser(Permission... permissions) {
        return node().as(new Caller.User(
                UUID.randomUUID(),
                Permissions.of(permissions),
                "127.0.0.1",
                Instant.now().plusSeconds(300)));
    }

    /** Starts a contract server and waits until it says that it is ready. */
    protected static void start(NodeServer server, RecordingConsoleListener console) {
        // The first status says that live events follow; a node may accept the caller a moment earlier.
        console.await(ConsoleEvent.Status.class, status -> true, SOON);
        server.power(PowerAction.START);
        console.awaitLine(ContractServer.READY, LATER);
        awaitState(server, ServerState.RUNNING);
    }

    /** Ends a server's process and waits until it has ended. */
    protected static void kill(NodeServer server) {
        if (!server.details().state().equals(ServerState.OFFLINE)) {
            server.power(PowerAction.KILL);
            awaitState(server, ServerState.OFFLINE);
        }
    }

    /** Waits for a state. */
    protected static void awaitState(NodeServer server, ServerState state) {
        Eventually.holds(
                () -> state + ", is " + server.details().state(),
                LATER,
                () -> server.details().state().equals(state));
    }

    /** Writes a file. */
    protected static void write(NodeFiles files, String path, String text) {
        files.write(path, Content.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Reads a file as text. */
    protected static String read(NodeFiles files, String path) {
        try (var content = files.read(path)) {
            return new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a directory of the test's own for the given server; it is not created. */
    protected static String freshDirectory() {
        return "contract-" + UUID.randomUUID();
    }

    /** Removes a directory of the test as far as the node can. */
    protected static void clear(NodeServer server, String directory) {
        try {
            server.files().delete("/", List.of(directory));
        } catch (NotFoundException | NotOfferedException ignored) {
            // It was never made, or has to stay.
        }
    }
}
