package dev.rookery.daemon.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.node.Utilization;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads files of the kernel as they were recorded, and those of this machine. */
class HostReaderTest {

    private static final String MOUNTS = """
            22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
            23 22 0:21 / /proc rw - proc proc rw
            24 22 0:22 / /dev rw - devtmpfs udev rw
            25 22 0:23 / /run rw - tmpfs tmpfs rw
            26 22 7:0 / /snap/core ro - squashfs /dev/loop0 ro
            27 22 254:17 / /srv/game\\040data rw - xfs /dev/vdb1 rw
            28 27 254:17 /sub /mnt/bind rw - xfs /dev/vdb1 rw
            29 22 0:50 / /mnt/net rw - nfs4 10.0.0.1:/export rw
            30 22 0:60 / /var/lib/docker/overlay2/x/merged rw - overlay overlay rw
            """;

    @TempDir
    Path proc;

    @BeforeEach
    void record() throws IOException {
        Files.writeString(proc.resolve("meminfo"), """
                MemTotal:       16000000 kB
                MemFree:         1000000 kB
                MemAvailable:   12000000 kB
                SwapTotal:       2000000 kB
                SwapFree:        1500000 kB
                HugePages_Total:       0
                """);
        Files.writeString(proc.resolve("loadavg"), "0.51 0.40 0.33 2/345 6789\n");
        Files.createDirectories(proc.resolve("self"));
        Files.writeString(proc.resolve("self/mountinfo"), MOUNTS);
        stat("cpu  100 0 100 700 100 0 0 0 50 0");
        Files.writeString(proc.resolve("os-release"), "NAME=x\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n");
    }

    private void stat(String line) throws IOException {
        Files.writeString(proc.resolve("stat"), line + "\ncpu0 1 2 3\n");
    }

    private HostReader reader() {
        return new HostReader(
                proc,
                proc.resolve("os-release"),
                point -> point.getNameCount() == 0 ? new Space(1000, 400) : new Space(5000, 100));
    }

    @Test
    void tellsMemoryAndLoad() {
        var use = reader().utilization(Map.of());

        assertThat(use.memoryTotalBytes()).isEqualTo(16_000_000L * 1024);
        assertThat(use.memoryUsedBytes()).isEqualTo(4_000_000L * 1024);
        assertThat(use.swapUsedBytes()).isEqualTo(500_000L * 1024);
        assertThat(List.of(use.loadAverage1(), use.loadAverage5(), use.loadAverage15()))
                .containsExactly(0.51, 0.40, 0.33);
        assertThat(reader().osName()).isEqualTo("Debian GNU/Linux 12 (bookworm)");
    }

    @Test
    void tellsTheProcessorsSinceTheCallBefore() throws IOException {
        var reader = reader();

        assertThat(reader.utilization(Map.of()).cpuPercent()).isEqualTo(20.0);
        stat("cpu  400 0 200 1300 100 0 0 0 50 0");
        assertThat(reader.utilization(Map.of()).cpuPercent()).isEqualTo(40.0);
        assertThat(reader.utilization(Map.of()).cpuPercent())
                .as("asked again within the same tick")
                .isEqualTo(40.0);
    }

    @Test
    void countsEachDiskOnceAndSaysWhatLiesOnIt() {
        var directories = new LinkedHashMap<String, Path>();
        directories.put("Root", Path.of("/var/lib/pelican"));
        directories.put("Data", Path.of("/srv/game data/volumes"));
        directories.put("Temp", Path.of("/run/pelican"));
        directories.put("Backup", Path.of("/mnt/bind/backups"));

        var use = reader().utilization(directories);

        assertThat(use.disks())
                .containsExactly(
                        new Utilization.Disk("/dev/vda1", "/", 1000, 400, List.of("Root")),
                        new Utilization.Disk("/dev/vdb1", "/srv/game data", 5000, 100, List.of("Data", "Backup")));
        assertThat(use.diskTotalBytes()).isEqualTo(6000);
        assertThat(use.diskUsedBytes()).isEqualTo(500);
    }

    @Test
    void countsAnOverlayWhereItIsAllThereIs() throws IOException {
        Files.writeString(proc.resolve("self/mountinfo"), "1 0 0:9 / / rw - overlay overlay rw,lowerdir=x\n");

        assertThat(reader().utilization(Map.of("Root", Path.of("/var"))).disks())
                .containsExactly(new Utilization.Disk("overlay", "/", 1000, 400, List.of("Root")));
    }

    @Test
    void readsThisMachine() {
        var use = new HostReader().utilization(Map.of("Root", proc));

        assertThat(use.memoryTotalBytes()).isPositive();
        assertThat(use.diskTotalBytes()).isPositive();
        assertThat(use.diskUsedBytes()).isBetween(0L, use.diskTotalBytes());
        assertThat(use.cpuPercent()).isBetween(0.0, 100.0);
    }

    @Test
    void writesIpv6AddressesShort() throws IOException {
        assertThat(short6("2001:0db8:0:0:0:0:0:10")).isEqualTo("2001:db8::10");
        assertThat(short6("2001:db8:0:1:0:0:0:1")).isEqualTo("2001:db8:0:1::1");
        assertThat(short6("2001:db8:0:1:1:1:1:1")).isEqualTo("2001:db8:0:1:1:1:1:1");
        assertThat(short6("0:0:0:0:0:0:0:1")).isEqualTo("::1");
        assertThat(short6("fd00:0:0:0:0:0:0:0")).isEqualTo("fd00::");
    }

    private static String short6(String address) throws IOException {
        return Ipv6Text.of(InetAddress.getByName(address).getAddress());
    }

    @Test
    void listsAddressesThatTheOperatorNames() {
        var all = HostAddresses.all(List.of("203.0.113.10", "203.0.113.10"));

        assertThat(all).contains("203.0.113.10").doesNotHaveDuplicates().doesNotContain("127.0.0.1", "::1");
        assertThat(all).noneMatch(address -> address.startsWith("fe80") || address.contains("%"));
    }
}
