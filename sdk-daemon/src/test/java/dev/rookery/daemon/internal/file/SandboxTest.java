package dev.rookery.daemon.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way through the files obeys the same rules. */
class SandboxTest {

    @TempDir
    Path folder;

    /** The kernel goes, in one step. */
    @Nested
    class ByOpenat2 extends Ways {

        @Override
        Sandbox open(Path root, Ownership ownership) {
            return new Sandbox(root, ownership);
        }
    }

    /** Name by name, for kernels that cannot. */
    @Nested
    class ByWalking extends Ways {

        @Override
        Sandbox open(Path root, Ownership ownership) {
            return new Sandbox(root, ownership).walking();
        }
    }

    abstract class Ways {

        private Path root;
        private Sandbox sandbox;

        abstract Sandbox open(Path root, Ownership ownership);

        @BeforeEach
        void create() throws IOException {
            root = Files.createDirectories(folder.resolve("volume"));
            Files.createDirectories(root.resolve("world/region"));
            Files.writeString(root.resolve("world/region/r.0"), "region");
            Files.writeString(Files.createDirectories(folder.resolve("outside")).resolve("secret"), "secret");
            sandbox = open(root, Ownership.of(root));
        }

        @Test
        void findsPlaces() throws IOException {
            for (var path : List.of("world/region/r.0", "/world//./region/r.0", "world/x/../region/r.0")) {
                try (var place = sandbox.target(path, false)) {
                    assertThat(place.child()).as(path).hasContent("region");
                    assertThat(sandbox.names(place)).containsExactly("world", "region", "r.0");
                }
            }
            try (var directory = sandbox.directory("/", false)) {
                assertThat(directory.path().resolve("world")).isDirectory();
            }
        }

        @Test
        void followsLinksThatStayInside() throws IOException {
            link("relative", "world/region");
            link("world/up", "../world/region/../region");
            link("home", "/home/container/world/region");
            link("whole", "/home/container");
            link("chain", "home");
            link("file", "chain/r.0");
            for (var path : List.of(
                    "relative/r.0", "world/up/r.0", "home/r.0", "whole/world/region/r.0", "chain/r.0", "file")) {
                try (var place = sandbox.target(path, false)) {
                    assertThat(place.child()).as(path).hasContent("region");
                    assertThat(sandbox.names(place)).as(path).containsExactly("world", "region", "r.0");
                }
            }
            try (var whole = sandbox.directory("whole", false)) {
                assertThat(whole.path().resolve("world")).isDirectory();
            }
            try (var link = sandbox.place("file", false)) {
                assertThat(link.holdsLink()).isTrue();
            }
        }

        @Test
        void refusesLinksThatLeaveIt() throws IOException {
            link("absolute", folder.resolve("outside").toString());
            link("relative", "../outside");
            link("sly", "world/../../outside");
            link("world/deep", "../absolute");
            link("proc", "/proc/self/root");
            link("file", folder.resolve("outside/secret").toString());
            link("lookalike", "/home/container/../../etc");
            for (var path : List.of(
                    "absolute/secret",
                    "relative/secret",
                    "sly/secret",
                    "world/deep/secret",
                    "proc/etc/passwd",
                    "lookalike/passwd")) {
                assertThatThrownBy(() -> sandbox.place(path, false).close())
                        .as(path)
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessageContaining(path);
                assertThatThrownBy(() -> sandbox.place(path.replace("secret", "new/file"), true)
                                .close())
                        .as(path)
                        .isInstanceOf(InvalidInputException.class);
            }
            assertThatThrownBy(() -> sandbox.target("file", false).close()).isInstanceOf(InvalidInputException.class);
            try (Stream<Path> left = Files.list(folder.resolve("outside"))) {
                assertThat(left).hasSize(1);
            }
        }

        @Test
        void refusesPathsThatLeaveIt() {
            for (var path : List.of(
                    "..", "../outside/secret", "world/../../outside/secret", "a\0b", "/", "", "x".repeat(256))) {
                assertThatThrownBy(() -> sandbox.place(path, false).close())
                        .as(path)
                        .isInstanceOf(InvalidInputException.class);
            }
        }

        @Test
        void endsWhereLinksLeadInACircle() throws IOException {
            link("a", "b");
            link("b", "a");
            link("self", "self/x");
            for (var path : List.of("a/file", "self/file")) {
                assertThatThrownBy(() -> sandbox.place(path, false).close())
                        .as(path)
                        .isInstanceOf(InvalidInputException.class);
            }
            assertThatThrownBy(() -> sandbox.target("a", false).close()).isInstanceOf(InvalidInputException.class);
        }

        @Test
        void createsDirectoriesOnTheWayAlsoThroughLinks() throws IOException {
            link("dangling", "world/later");
            sandbox.place("one/two/file", true).close();
            sandbox.place("dangling/three/file", true).close();
            assertThat(root.resolve("one/two")).isDirectory();
            assertThat(root.resolve("world/later/three")).isDirectory();
        }

        @Test
        void tellsWhatIsMissingFromWhatIsInTheWay() {
            assertThatThrownBy(() -> sandbox.place("absent/file", false).close())
                    .isInstanceOf(NoSuchFileException.class);
            assertThatThrownBy(
                            () -> sandbox.place("world/region/r.0/file", false).close())
                    .isInstanceOf(NotDirectoryException.class);
            assertThatThrownBy(
                            () -> sandbox.place("world/region/r.0/file", true).close())
                    .isInstanceOf(NotDirectoryException.class);
        }

        @Test
        void leavesNoDescriptorsOpen() throws IOException {
            link("out", "/etc");
            link("home", "/home/container/world");
            sandbox.target("home/region/r.0", false).close();
            long before = descriptors();
            for (int i = 0; i < 50; i++) {
                sandbox.target("home/region/r.0", false).close();
                assertThatThrownBy(() -> sandbox.place("out/x", false).close())
                        .isInstanceOf(InvalidInputException.class);
                assertThatThrownBy(() -> sandbox.place("absent/x", false).close())
                        .isInstanceOf(IOException.class);
            }
            assertThat(descriptors()).isLessThan(before + 50);
        }

        private long descriptors() throws IOException {
            try (var open = Files.list(Path.of("/proc/self/fd"))) {
                return open.count();
            }
        }

        private void link(String name, String target) throws IOException {
            Files.createSymbolicLink(root.resolve(name), Path.of(target));
        }
    }
}
