package dev.rookery.testing.node;

import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.token.TokenSigner;
import dev.rookery.api.transfer.TransferRequest;
import dev.rookery.wings.HttpNode;
import dev.rookery.wings.SignedUrls;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A daemon of another project, and a second one of the same kind that is started where its servers move. The program is named by an
 * environment variable such as {@code ROOKERY_WINGS_PELICAN}, its exact version by {@code ROOKERY_WINGS_PELICAN_VERSION} if the program
 * does not know it.
 */
final class ForeignPair implements AutoCloseable {

    private final Dialect dialect;
    private final Path data;
    private final ForeignWings first;
    private final HttpNode node;
    private final ContractNode subject;

    // Guarded by this.
    private ForeignWings second;
    private ContractNode destination;

    private ForeignPair(Dialect dialect, Path data) throws IOException, InterruptedException {
        this.dialect = dialect;
        this.data = data;
        first = start("first");
        node = first.node();
        subject = ContractNode.foreign(node, first.panel);
    }

    /** Starts the first; passes the tests over if no program is named. */
    static ForeignPair start(Dialect dialect, Path data) throws IOException, InterruptedException {
        return new ForeignPair(dialect, data);
    }

    /** Returns an address of this machine that the Go daemons do not take for a private one; the loopback address if there is none. */
    static InetAddress publicAddress() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(Inet4Address.class::isInstance)
                    .filter(address -> !address.isLoopbackAddress()
                            && !address.isLinkLocalAddress()
                            && !address.isSiteLocalAddress())
                    .findFirst()
                    .orElseGet(InetAddress::getLoopbackAddress);
        } catch (SocketException e) {
            throw new AssertionError(e);
        }
    }

    ContractNode subject() {
        return subject;
    }

    SignedUrls signedUrls(ServerId server) {
        return node.signedUrls(server);
    }

    synchronized ContractNode destination() {
        if (destination == null) {
            try {
                second = start("second");
            } catch (IOException e) {
                throw new AssertionError(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
            destination = ContractNode.foreign(second.node(), second.panel);
        }
        return destination;
    }

    TransferRequest transfer(ServerId server, List<BackupId> backups) {
        destination();
        var token = TokenSigner.builder(second.credentials)
                .dialect(dialect)
                .nodeUrl(second.url().toString())
                .build()
                .transfer(server);
        return new TransferRequest(second.url().resolve("/api/transfers"), token.text(), backups);
    }

    /** Returns what is known of the program's version. */
    String version() {
        var named = System.getenv("ROOKERY_WINGS_" + dialect.name() + "_VERSION");
        return named != null ? named : first.version();
    }

    @Override
    public synchronized void close() {
        subject.close();
        first.close();
        if (second != null) {
            destination.close();
            second.close();
        }
    }

    private ForeignWings start(String which) throws IOException, InterruptedException {
        return ForeignWings.start(dialect, Files.createDirectory(data.resolve(which)));
    }
}
