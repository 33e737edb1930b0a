package dev.rookery.daemon.internal.environment.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Usage from files as the kernel writes them. Those of version 1 were recorded; the machines of the tests have no usable version 2, so
 * those are written after the kernel's documentation.
 */
class ControlGroupUsageTest {

    private static final String ID = "0f".repeat(32);
    private static final long PID = 4711;

    @TempDir
    Path root;

    private final AtomicLong nanos = new AtomicLong();
    private ControlGroupUsage usage;

    @BeforeEach
    void machine() throws IOException {
        write("proc/meminfo", "MemTotal:       24684100 kB\nMemFree:        13000000 kB\n");
        write("proc/" + PID + "/net/dev", """
                Inter-|   Receive                                                |  Transmit
                 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
                    lo: 9999 9 0 0 0 0 0 0 9999 9 0 0 0 0 0 0
                  eth0: 5427 20 0 0 0 0 0 0 163 14 0 0 0 0 0 0
                  eth1:1000 20 0 0 0 0 0 0 37 14 0 0 0 0 0 0
                """);
        network("self", "net:[4026531840]");
        network(Long.toString(PID), "net:[4026532291]");
        usage = new ControlGroupUsage(root.resolve("proc"), root.resolve("cgroup"), nanos::get);
    }

    private void write(String file, String text) throws IOException {
        var path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void network(String process, String name) throws IOException {
        var link = root.resolve("proc/" + process + "/ns/net");
        Files.createDirectories(link.getParent());
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, Path.of(name));
    }

    private void version1() throws IOException {
        write("proc/" + PID + "/cgroup", """
                9:name=systemd:/docker/%1$s
                8:pids:/docker/%1$s
                7:blkio:/docker/%1$s
                4:cpu,cpuacct:/docker/%1$s
                3:memory:/docker/%1$s
                0::/
                """.formatted(ID));
        write("cgroup/memory/docker/" + ID + "/memory.usage_in_bytes", "9150464\n");
        write("cgroup/memory/docker/" + ID + "/memory.limit_in_bytes", "9223372036854771712\n");
        write(
                "cgroup/memory/docker/" + ID + "/memory.stat",
                "cache 8392704\ninactive_file 1\ntotal_cache 8392704\ntotal_inactive_file 8388608\n");
        write("cgroup/cpuacct/docker/" + ID + "/cpuacct.usage", "836985827\n");
        write(
                "cgroup/blkio/docker/" + ID + "/blkio.throttle.io_service_bytes_recursive",
                "254:0 Read 614400\n254:0 Write 4096\n254:0 Sync 618496\n254:0 Total 618496\nTotal 618496\n");
    }

    private void version2() throws IOException {
        var group = "cgroup/system.slice/docker-" + ID + ".scope/";
        write("proc/" + PID + "/cgroup", "0::/system.slice/docker-" + ID + ".scope\n");
        write(group + "memory.current", "11902976\n");
        write(group + "memory.max", "67108864\n");
        write(group + "memory.stat", "anon 9580544\nfile 6995968\ninactive_file 6782976\n");
        write(group + "cpu.stat", "usage_usec 300000\nuser_usec 200000\nsystem_usec 100000\n");
        write(
                group + "io.stat",
                "259:0 rbytes=1024 wbytes=2048 rios=1 wios=2 dbytes=0 dios=0\n8:0 rbytes=1 wbytes=2\n");
    }

    @Test
    void readsVersion1() throws IOException {
        version1();
        usage.found("server", ID, PID);

        var sample = usage.sample("server").orElseThrow();

        assertThat(sample.memoryBytes()).as("without what the kernel can drop").isEqualTo(761856);
        assertThat(sample.memoryLimitBytes())
                .as("the machine's, without a limit")
                .isEqualTo(24684100L * 1024);
        assertThat(sample.rxBytes()).as("without the loopback").isEqualTo(6427);
        assertThat(sample.txBytes()).isEqualTo(200);
        assertThat(sample.readBytes()).isEqualTo(614400);
        assertThat(sample.writeBytes()).isEqualTo(4096);
        assertThat(sample.cpuPercent()).as("the first has no predecessor").isZero();
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(500));
        write("cgroup/cpuacct/docker/" + ID + "/cpuacct.usage", Long.toString(836985827L + 750_000_000L));
        assertThat(usage.sample("server").orElseThrow().cpuPercent()).isEqualTo(150.0);
    }

    @Test
    void readsVersion2() throws IOException {
        version2();
        usage.found("server", ID, PID);

        var sample = usage.sample("server").orElseThrow();

        assertThat(sample.memoryBytes()).isEqualTo(11902976 - 6782976);
        assertThat(sample.memoryLimitBytes()).isEqualTo(67108864);
        assertThat(sample.readBytes()).isEqualTo(1025);
        assertThat(sample.writeBytes()).isEqualTo(2050);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        write("cgroup/system.slice/docker-" + ID + ".scope/cpu.stat", "usage_usec 550000\n");
        assertThat(usage.sample("server").orElseThrow().cpuPercent()).isEqualTo(25.0);
    }

    @Test
    void takesNoTrafficOfTheMachineForThatOfAContainer() throws IOException {
        version1();
        network(Long.toString(PID), "net:[4026531840]");
        usage.found("server", ID, PID);

        assertThat(usage.sample("server").orElseThrow().rxBytes()).isZero();
    }

    @Test
    void leavesToTheEngineWhatIsNotSeenHere() throws IOException {
        version1();

        assertThat(usage.knows("server")).isFalse();
        usage.found("server", "ab".repeat(32), PID);
        assertThat(usage.sample("server"))
                .as("another container's, or an engine elsewhere")
                .isEmpty();
        assertThat(usage.knows("server")).as("not asked for again and again").isTrue();
        usage.found("server", ID, 1234567);
        assertThat(usage.sample("server")).isEmpty();
        usage.found("server", ID, 0);
        assertThat(usage.sample("server")).as("it does not run").isEmpty();
    }

    @Test
    void looksAgainWhenTheProcessHasEnded() throws IOException {
        version1();
        usage.found("server", ID, PID);
        assertThat(usage.knows("server")).isTrue();

        Files.delete(root.resolve("cgroup/cpuacct/docker/" + ID + "/cpuacct.usage"));

        assertThat(usage.sample("server")).isEmpty();
        assertThat(usage.knows("server")).isFalse();
        usage.found("other", ID, PID);
        usage.keep(List.of("server"));
        assertThat(usage.knows("other")).isFalse();
    }
}
