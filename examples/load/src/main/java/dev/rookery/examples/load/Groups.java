package dev.rookery.examples.load;

import dev.rookery.api.ServerId;
import dev.rookery.testing.Offered;
import dev.rookery.testing.node.ConsoleContract;
import dev.rookery.testing.node.ContractNode;
import dev.rookery.testing.node.NodeArchivesContract;
import dev.rookery.testing.node.NodeBackupsContract;
import dev.rookery.testing.node.NodeContract;
import dev.rookery.testing.node.NodeFilesContract;
import dev.rookery.testing.node.NodeMachineContract;
import dev.rookery.testing.node.RemoteDownloadsContract;
import dev.rookery.testing.node.SignedUrlsContract;
import dev.rookery.wings.HttpNode;
import dev.rookery.wings.SignedUrls;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The contracts as JUnit finds them, all about the one node that is being tried. */
final class Groups {

    /** In the order of the report. */
    static final List<Class<?>> ALL = List.of(
            Core.class,
            Machine.class,
            Consoles.class,
            Files.class,
            Archives.class,
            Downloads.class,
            Browsers.class,
            Backups.class);

    private static volatile @Nullable Tried subject;

    private Groups() {}

    /**
     * A node that is tried.
     *
     * @param node the node
     * @param http the same, over HTTP
     * @param consoles whether its consoles can be opened from here
     * @param here an address of this machine that the node may reach
     */
    record Tried(ContractNode node, HttpNode http, boolean consoles, InetAddress here) {}

    /** Sets the node that is tried from now on. */
    static void subject(Tried node) {
        subject = node;
    }

    /** Returns what the report calls a group. */
    static String name(Class<?> group) {
        return group.getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static Tried tried() {
        var node = subject;
        if (node == null) {
            throw new IllegalStateException("no node is being tried");
        }
        return node;
    }

    /** Core. */
    static final class Core extends NodeContract {
        @Override
        protected ContractNode subject() {
            return tried().node();
        }
    }

    /** Consoles. */
    static final class Consoles extends ConsoleContract {
        @Override
        protected ContractNode subject() {
            Offered.assumeAskable(
                    tried().consoles(),
                    "consoles want the URL of the node's panel, as its config.yml has it (--panel-url)");
            return tried().node();
        }
    }

    /** Machine. */
    static final class Machine extends NodeMachineContract {
        @Override
        protected ContractNode subject() {
            return tried().node();
        }
    }

    /** Files. */
    static final class Files extends NodeFilesContract {
        @Override
        protected ContractNode subject() {
            return tried().node();
        }
    }

    /** Archives. */
    static final class Archives extends NodeArchivesContract {
        @Override
        protected ContractNode subject() {
            return tried().node();
        }
    }

    /** Downloads. */
    static final class Downloads extends RemoteDownloadsContract {
        @Override
        protected InetAddress sourceAddress() {
            return tried().here();
        }

        @Override
        protected ContractNode subject() {
            return tried().node();
        }
    }

    /** Browsers. */
    static final class Browsers extends SignedUrlsContract {
        @Override
        protected ContractNode subject() {
            return tried().node();
        }

        @Override
        protected SignedUrls urls(ServerId server) {
            return tried().http().signedUrls(server);
        }
    }

    /** Backups. */
    static final class Backups extends NodeBackupsContract {
        @Override
        protected ContractNode subject() {
            return tried().node();
        }
    }
}
