package dev.rookery.daemon.internal.environment.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * Usage from samples of an engine. Those of control groups of version 1 were recorded from engine 20.10; the machines of the tests have no
 * usable version 2, so those have the form that the engine's API describes for it, with numbers published for such a machine.
 */
class DockerUsageTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String RECORDED_V1_BEFORE = """
            {"cpu_usage":{"total_usage":836985827,"percpu_usage":[814178377,22807450]},
             "system_cpu_usage":100672620000000,"online_cpus":2}""";

    private static final String RECORDED_V1 = """
            {"cpu_stats":{"cpu_usage":{"total_usage":1036985827,"percpu_usage":[1014178377,22807450],
               "usage_in_kernelmode":20000000,"usage_in_usermode":1010000000},
               "system_cpu_usage":100673020000000,"online_cpus":2},
             "memory_stats":{"usage":9150464,"max_usage":10518528,
               "stats":{"cache":8392704,"inactive_file":8388608,"total_inactive_file":8388608,"total_rss":61440},
               "limit":25276518400},
             "blkio_stats":{"io_service_bytes_recursive":[
               {"major":254,"minor":0,"op":"Read","value":614400},{"major":254,"minor":0,"op":"Write","value":4096},
               {"major":254,"minor":0,"op":"Sync","value":618496},{"major":254,"minor":0,"op":"Total","value":618496}]},
             "networks":{"eth0":{"rx_bytes":100,"tx_bytes":10},"eth1":{"rx_bytes":7,"tx_bytes":1}}}""";

    private static final String V2 = """
            {"cpu_stats":{"cpu_usage":{"total_usage":300000000,"usage_in_kernelmode":1,"usage_in_usermode":1},
               "system_cpu_usage":2000000000,"online_cpus":4},
             "memory_stats":{"usage":11902976,"stats":{"active_anon":16384,"anon":9580544,"file":6995968,
               "inactive_file":6782976},"limit":16692396032},
             "blkio_stats":{"io_service_bytes_recursive":[
               {"major":259,"minor":0,"op":"read","value":1024},{"major":259,"minor":0,"op":"write","value":2048}],
               "io_serviced_recursive":null}}""";

    @Test
    void readsControlGroupsOfVersion1() throws IOException {
        var sample = DockerUsage.sample(JSON.readTree(RECORDED_V1), JSON.readTree(RECORDED_V1_BEFORE));

        assertThat(sample.memoryBytes())
                .describedAs("without what the kernel can drop")
                .isEqualTo(761856);
        assertThat(sample.memoryLimitBytes()).isEqualTo(25276518400L);
        assertThat(sample.cpuPercent())
                .describedAs("one core of two, half of the time")
                .isEqualTo(100.0);
        assertThat(sample.rxBytes()).isEqualTo(107);
        assertThat(sample.txBytes()).isEqualTo(11);
        assertThat(sample.readBytes()).isEqualTo(614400);
        assertThat(sample.writeBytes()).isEqualTo(4096);
    }

    @Test
    void readsControlGroupsOfVersion2() throws IOException {
        var before = JSON.readTree("{\"cpu_usage\":{\"total_usage\":200000000},\"system_cpu_usage\":1000000000}");

        var sample = DockerUsage.sample(JSON.readTree(V2), before);

        assertThat(sample.memoryBytes()).isEqualTo(11902976 - 6782976);
        assertThat(sample.memoryLimitBytes()).isEqualTo(16692396032L);
        assertThat(sample.cpuPercent()).isEqualTo(40.0);
        assertThat(sample.readBytes()).isEqualTo(1024);
        assertThat(sample.writeBytes()).isEqualTo(2048);
    }

    @Test
    void makesNothingUpWhereNothingIsKnown() throws IOException {
        JsonNode nothing = JSON.readTree("{}");

        var first = DockerUsage.sample(JSON.readTree(V2), MissingNode.getInstance());
        var empty = DockerUsage.sample(nothing, nothing);

        assertThat(first.cpuPercent())
                .describedAs("the first sample has no predecessor")
                .isZero();
        assertThat(empty.memoryBytes()).isZero();
        assertThat(empty.cpuPercent()).isZero();
    }
}
