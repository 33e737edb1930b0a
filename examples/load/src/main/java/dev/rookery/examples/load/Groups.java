package dev.rookery.examples.load;

import dev.rookery.testing.node.ConsoleContract;
import dev.rookery.testing.node.ContractNode;
import dev.rookery.testing.node.NodeArchivesContract;
import dev.rookery.testing.node.NodeBackupsContract;
import dev.rookery.testing.node.NodeContract;
import dev.rookery.testing.node.NodeFilesContract;
import dev.rookery.testing.node.NodeMachineContract;
import dev.rookery.testing.node.RemoteDownloadsContract;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The contracts as JUnit finds them, all about the one node that is being tried. */
final class Groups {

    /** In the order of the report. */
    static final List<Class<?>> ALL = List.of(
            Core.class, Consoles.class, Machine.class, Files.class, Archives.class, Downloads.class, Backups.class);

    private static volatile @Nullable ContractNode subject;

    private Groups() {}

    /** Sets the node that is tried from now on. */
    static void subject(ContractNode node) {
        subject = node;
    }

    /** Returns what the report calls a group. */
    static String name(Class<?> group) {
        return group.getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** Returns the group that a test belongs to, empty for what is in none. */
    static String nameIn(String uniqueId, List<String> names) {
        var lower = uniqueId.toLowerCase(Locale.ROOT);
        return names.stream()
                .filter(name -> lower.contains("groups$" + name + "]"))
                .findFirst()
                .orElse("");
    }

    private static ContractNode tried() {
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
            return tried();
        }
    }

    /** Consoles. */
    static final class Consoles extends ConsoleContract {
        @Override
        protected ContractNode subject() {
            return tried();
        }
    }

    /** Machine. */
    static final class Machine extends NodeMachineContract {
        @Override
        protected ContractNode subject() {
            return tried();
        }
    }

    /** Files. */
    static final class Files extends NodeFilesContract {
        @Override
        protected ContractNode subject() {
            return tried();
        }
    }

    /** Archives. */
    static final class Archives extends NodeArchivesContract {
        @Override
        protected ContractNode subject() {
            return tried();
        }
    }

    /** Downloads. */
    static final class Downloads extends RemoteDownloadsContract {
        @Override
        protected ContractNode subject() {
            return tried();
        }
    }

    /** Backups. */
    static final class Backups extends NodeBackupsContract {
        @Override
        protected ContractNode subject() {
            return tried();
        }
    }
}
