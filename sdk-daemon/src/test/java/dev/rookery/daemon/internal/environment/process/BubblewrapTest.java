package dev.rookery.daemon.internal.environment.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BubblewrapTest {

    @TempDir
    Path folder;

    private Path program;

    @BeforeEach
    void writeProgram() throws IOException {
        program = Files.writeString(folder.resolve("bwrap"), "#!/bin/sh\necho no namespaces here\nexit 1\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void findsItOnThePath() {
        assertThat(Bubblewrap.find("", "relative::/nowhere:" + folder)).contains(program);
        assertThat(Bubblewrap.find("", "/nowhere")).isEmpty();
    }

    @Test
    void doesWithoutItWhenToldTo() {
        assertThat(Bubblewrap.find("off", folder.toString())).isEmpty();
    }

    @Test
    void rejectsSettingThatNamesNoProgram() {
        for (var setting : new String[] {
            "bwrap", folder.toString(), folder.resolve("missing").toString()
        }) {
            assertThatThrownBy(() -> Bubblewrap.find(setting, folder.toString()))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("bubblewrap: '" + setting + "'");
        }
    }

    @Test
    void doesWithoutOneThatIsFoundAndDoesNotWork() {
        assertThat(Bubblewrap.open("", folder.toString(), folder)).isEmpty();
    }

    @Test
    void rejectsOneThatIsNamedAndDoesNotWork() {
        assertThatThrownBy(() -> Bubblewrap.open(program.toString(), "", folder))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("no namespaces here");
    }

    @Test
    @Tag("root")
    @Tag("bubblewrap")
    void opensOneThatWorks() {
        assertThat(Bubblewrap.open("", System.getenv("PATH"), folder)).isPresent();
    }
}
