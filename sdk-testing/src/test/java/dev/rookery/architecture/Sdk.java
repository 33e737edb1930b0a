package dev.rookery.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/** The modules of the SDK, from the lowest floor up. */
enum Sdk {
    API("sdk-api", "dev.rookery.api"),
    KIT("sdk-kit", "dev.rookery.kit"),
    WINGS_CLIENT("sdk-wings-client", "dev.rookery.wings"),
    PANEL("sdk-panel", "dev.rookery.panel"),
    DAEMON("sdk-daemon", "dev.rookery.daemon"),
    PROXY("sdk-proxy", "dev.rookery.proxy"),
    TESTING("sdk-testing", "dev.rookery.testing");

    private final String folder;
    private final String root;

    Sdk(String folder, String root) {
        this.folder = folder;
        this.root = root;
    }

    /** Returns the production classes of all modules. */
    static JavaClasses classes() {
        return Imported.CLASSES;
    }

    /** Returns the module's root package. */
    String root() {
        return root;
    }

    /** Returns the pattern of the module's root package and all below it. */
    String allPackages() {
        return root + "..";
    }

    /** Returns the folder of the module's hand-written sources. */
    Path sources() {
        return Path.of(System.getProperty("basedir", ""))
                .toAbsolutePath()
                .resolveSibling(folder)
                .resolve("src/main/java");
    }

    /** Returns the listing of what the module offers. */
    Path apiBaseline() {
        return Path.of(System.getProperty("basedir", ""))
                .toAbsolutePath()
                .resolveSibling("build")
                .resolve("api-baseline")
                .resolve(folder + ".txt");
    }

    /** Returns the modules this one must not know. */
    Set<Sdk> unknownModules() {
        Set<Sdk> known = switch (this) {
            case API -> EnumSet.of(API);
            case KIT -> EnumSet.of(API, KIT);
            case WINGS_CLIENT, PANEL, DAEMON, PROXY -> EnumSet.of(API, KIT, this);
            case TESTING -> EnumSet.allOf(Sdk.class);
        };
        return EnumSet.complementOf((EnumSet<Sdk>) known);
    }

    /** Read once: the class files of all modules are many. */
    private static final class Imported {
        static final JavaClasses CLASSES = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(Stream.of(values()).map(Sdk::root).toList());
    }
}
