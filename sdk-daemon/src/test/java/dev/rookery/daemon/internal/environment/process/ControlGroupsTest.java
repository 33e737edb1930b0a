package dev.rookery.daemon.internal.environment.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.spi.ProcessSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is written where. The machines of the tests have no usable control groups of version 2: a directory with files of the same names stands
 * for the kernel here. Those of version 1 are real, in {@link LimitedProcessTest}.
 */
class ControlGroupsTest {

    private static final ProcessSpec.Limits NONE = new ProcessSpec.Limits(0, 0, 0, true, 0, "", 0, 0);

    @TempDir
    Path root;

    @Test
    void limitsByVersion2() throws IOException {
        Files.writeString(root.resolve("cgroup.controllers"), "cpuset cpu io memory hugetlb pids\n");
        var group = Files.createDirectories(root.resolve("rookery/id"));
        Files.createFile(group.resolve("memory.swap.max"));
        var groups = ControlGroups.of(root);

        groups.create("id", new ProcessSpec.Limits(200, 100, 250, true, 150, "0-1", 0, 9));

        assertThat(groups.controllers()).containsExactlyInAnyOrder("memory", "cpu", "cpuset", "pids");
        assertThat(root.resolve("rookery/cgroup.subtree_control")).hasContent("+pids");
        assertThat(groups.doors("id")).containsExactly(group.resolve("cgroup.procs"));
        assertThat(group.resolve("memory.max")).hasContent("200");
        assertThat(group.resolve("memory.low")).hasContent("100");
        assertThat(group.resolve("memory.swap.max")).describedAs("swap alone").hasContent("50");
        assertThat(group.resolve("cpu.max")).hasContent("150000 100000");
        assertThat(group.resolve("cpuset.cpus")).hasContent("0-1");
        assertThat(group.resolve("pids.max")).hasContent("9");

        assertThat(groups.limit("id", NONE)).isTrue();

        assertThat(group.resolve("memory.max")).hasContent("max");
        assertThat(group.resolve("memory.swap.max")).hasContent("max");
        assertThat(group.resolve("cpu.max")).hasContent("max 100000");
        assertThat(group.resolve("cpuset.cpus")).hasContent("");
        assertThat(group.resolve("pids.max")).hasContent("max");
    }

    @Test
    void readsTheEventsOfVersion2() throws IOException {
        Files.writeString(root.resolve("cgroup.controllers"), "memory\n");
        var groups = ControlGroups.of(root);
        groups.create("id", NONE);
        var group = root.resolve("rookery/id");

        Files.writeString(group.resolve("memory.events"), "low 0\noom 0\noom_kill 0\noom_group_kill 0\n");
        assertThat(groups.ranOutOfMemory("id")).isFalse();
        Files.writeString(group.resolve("memory.events"), "low 0\noom 3\noom_kill 2\noom_group_kill 0\n");
        assertThat(groups.ranOutOfMemory("id")).isTrue();
        Files.writeString(group.resolve("cgroup.procs"), "12\n13\n");
        assertThat(groups.members("id")).containsExactly(12L, 13L);
    }

    @Test
    void saysWhichLimitsHaveNoEffect() throws IOException {
        var without = ControlGroups.of(root);
        without.create("id", new ProcessSpec.Limits(200, 100, 250, true, 0, "", 0, 0));

        assertThat(without.controllers()).isEmpty();
        assertThat(without.doors("id")).isEmpty();
        assertThat(without.limit("id", NONE)).isTrue();
        assertThat(without.limit("id", new ProcessSpec.Limits(200, 100, 250, true, 0, "", 0, 0)))
                .isFalse();
        without.remove("id");

        Files.writeString(root.resolve("cgroup.controllers"), "memory\n");
        var some = ControlGroups.of(root);
        assertThat(some.controllers()).isEqualTo(Set.of("memory"));
        assertThat(some.limit("id", new ProcessSpec.Limits(200, 100, 250, true, 0, "", 0, 0)))
                .isTrue();
        assertThat(some.limit("id", new ProcessSpec.Limits(0, 0, 0, true, 0, "", 0, 5)))
                .isFalse();
    }
}
