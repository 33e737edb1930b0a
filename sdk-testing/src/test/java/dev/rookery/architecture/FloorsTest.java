package dev.rookery.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The floors of the house: which module may know which, and what stays out of the lower ones. */
class FloorsTest {
    private static final JavaClasses SDK = Sdk.classes();

    @ParameterizedTest
    @EnumSource
    void eachModuleKnowsOnlyTheFloorsBelow(Sdk module) {
        String[] unknown =
                module.unknownModules().stream().map(Sdk::allPackages).toArray(String[]::new);

        noClasses()
                .that(resideInAPackage(module.allPackages()))
                .should()
                .dependOnClassesThat(resideInAnyPackage(unknown))
                .orShould()
                .dependOnClassesThat(resideInAPackage("dev.rookery.examples.."))
                .because("examples sit on the client, the panel and the daemon; these do not know each other and sit on"
                        + " the kit; the kit sits on the API")
                .allowEmptyShould(true)
                .check(SDK);
    }

    @ParameterizedTest
    @EnumSource
    void internalsAreUsedInsideTheirModuleOnly(Sdk module) {
        noClasses()
                .that(resideOutsideOfPackage(module.allPackages()))
                .should()
                .dependOnClassesThat(resideInAPackage(module.allPackages()).and(resideInAPackage("..internal..")))
                .because("what is internal changes without notice")
                .allowEmptyShould(true)
                .check(SDK);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"API", "TESTING"})
    void everythingButTheRootConfigAndSpiIsInternal(Sdk module) {
        classes()
                .that(resideInAPackage(module.allPackages()))
                .should()
                .resideInAnyPackage(
                        module.root(),
                        module.root() + ".config",
                        module.root() + ".spi",
                        // What only one family of peers has, and what only users of one library want.
                        Sdk.WINGS_CLIENT.root() + ".calagopus",
                        Sdk.WINGS_CLIENT.root() + ".micrometer",
                        // A topic of its own beside the panel's root.
                        Sdk.PANEL.root() + ".schedule",
                        // One of the object stores that there may be.
                        Sdk.PANEL.root() + ".s3",
                        // What is routed where.
                        Sdk.PROXY.root() + ".route",
                        // Where it is kept, how it comes to run, and one of the clouds that are told.
                        Sdk.PROXY.root() + ".store",
                        Sdk.PROXY.root() + ".apply",
                        Sdk.PROXY.root() + ".engine",
                        Sdk.PROXY.root() + ".cloudflare",
                        // Who connects to addresses that strangers give.
                        Sdk.KIT.root() + ".net",
                        module.root() + ".internal..")
                .allowEmptyShould(true)
                .check(SDK);
    }

    @Test
    void theApiDoesNoInputOrOutput() {
        noClasses()
                .that(resideInAPackage(Sdk.API.allPackages()))
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.net.http..", "javax.net..", "java.nio.channels.spi..")
                        .or(named(
                                "java.io.File",
                                "java.io.FileInputStream",
                                "java.io.FileOutputStream",
                                "java.io.RandomAccessFile",
                                "java.net.Socket",
                                "java.net.ServerSocket",
                                "java.net.DatagramSocket",
                                "java.net.URL",
                                "java.net.URLConnection",
                                "java.nio.channels.SocketChannel",
                                "java.nio.channels.ServerSocketChannel",
                                "java.nio.channels.Selector",
                                "java.nio.file.Files",
                                "java.lang.Process",
                                "java.lang.ProcessBuilder")))
                .because("ports and values are the API; who reads, writes and connects sits above it")
                .check(SDK);
    }

    @Test
    void onlyContentOfTheApiKnowsChannels() {
        noClasses()
                .that(resideInAPackage(Sdk.API.allPackages()))
                .and()
                .haveNameNotMatching("dev\\.rookery\\.api\\.Content(\\$.*)?")
                .should()
                .dependOnClassesThat(resideInAPackage("java.nio.channels"))
                .because("a file behind a Content passes through the ports; nothing else of the API touches one")
                .check(SDK);
    }

    @Test
    void theApiStartsNoThreads() {
        noClasses()
                .that(resideInAPackage(Sdk.API.allPackages()))
                .should()
                .dependOnClassesThat(named(
                        "java.lang.ThreadGroup",
                        "java.lang.ThreadLocal",
                        "java.util.Timer",
                        "java.util.concurrent.Executor",
                        "java.util.concurrent.ExecutorService",
                        "java.util.concurrent.Executors",
                        "java.util.concurrent.ForkJoinPool",
                        "java.util.concurrent.ScheduledExecutorService",
                        "java.util.concurrent.ThreadFactory",
                        "java.util.concurrent.ThreadPoolExecutor"))
                .orShould()
                .callConstructorWhere(target(owner(named("java.lang.Thread"))))
                .because("calls block, and threads belong to who makes them")
                .check(SDK);
    }

    @Test
    void theApiNeedsThreeLibraries() {
        classes()
                .that(resideInAPackage(Sdk.API.allPackages()))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        Sdk.API.allPackages(),
                        "java..",
                        "javax.annotation.processing..",
                        "javax.crypto..",
                        "javax.xml.parsers..",
                        "org.xml.sax..",
                        "com.fasterxml.jackson..",
                        "com.nimbusds.jose..",
                        "com.nimbusds.jwt..",
                        "org.snakeyaml.engine..",
                        "org.jspecify.annotations..",
                        "org.immutables.value.."))
                .check(SDK);
    }

    @Test
    void onlyTheEditorsOfFilesReadXml() {
        noClasses()
                .that(resideInAPackage(Sdk.API.allPackages()).and(resideOutsideOfPackage("dev.rookery.api.configfile")))
                .should()
                .dependOnClassesThat(resideInAnyPackage("javax.xml..", "org.xml.sax..", "org.w3c.dom.."))
                .because(
                        "the JDK's parser opens what a document names unless it is told not to, which is done in one place")
                .check(SDK);
    }

    @Test
    void theHttpEdgeServesAnyNode() {
        noClasses()
                .that(resideInAPackage("dev.rookery.daemon.internal.http.."))
                .should()
                .dependOnClassesThat(resideInAPackage(Sdk.DAEMON.allPackages())
                        .and(resideOutsideOfPackage("dev.rookery.daemon.internal.http..")))
                .because("the edge knows the port Node and Netty, nothing of this daemon")
                .allowEmptyShould(true)
                .check(SDK);
    }

    @Test
    void onlyTheDockerEnvironmentKnowsTheEngineAndOnlyTheEdgeKnowsNetty() {
        noClasses()
                .that(resideOutsideOfPackage("dev.rookery.daemon.internal.environment.docker.."))
                .should()
                .dependOnClassesThat(resideInAPackage("com.github.dockerjava.."))
                .because("a server's environment can be replaced")
                .check(SDK);
        noClasses()
                .that(resideOutsideOfPackage("dev.rookery.daemon.internal.http.."))
                .should()
                .dependOnClassesThat(resideInAPackage("io.netty.."))
                .because("event loops live at the edge only")
                .check(SDK);
    }

    @Test
    void thePartsOfTheDaemonKnowEachOtherInOneDirectionOnly() {
        slices().matching("dev.rookery.daemon.internal.(*)..")
                .should()
                .beFreeOfCycles()
                .because("a part that knows who uses it can be neither read nor changed alone")
                .check(SDK);
    }

    @Test
    void nobodyPrintsOrLogsPastSlf4j() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(SDK);
        GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(SDK);
    }

    private static DescribedPredicate<JavaClass> named(String... names) {
        Set<String> set = Set.of(names);
        return DescribedPredicate.describe("are one of " + set, type -> set.contains(type.getFullName()));
    }
}
