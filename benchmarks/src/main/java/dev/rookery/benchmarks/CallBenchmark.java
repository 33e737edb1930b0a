package dev.rookery.benchmarks;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.rookery.api.ServerId;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.node.ServerDetails;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.wings.HttpNode;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A typed call beside what a user would write: OkHttp and Jackson, the same request, answer, type and server. Samples single calls, whose
 * median says what a call costs also on a machine that is busy with other things.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class CallBenchmark {

    private static final ServerId ID = ServerId.parse("7c0d1234-0000-4000-8000-000000000001");
    private static final String SERVER = """
            {"state":"running","is_suspended":false,
             "utilization":{"memory_bytes":734003200,"memory_limit_bytes":1207959552,"cpu_absolute":42.125,
               "network":{"rx_bytes":1000,"tx_bytes":2000},"disk_io":{"read_bytes":4096,"write_bytes":8192},
               "uptime":360000,"state":"running","disk_bytes":52428800},
             "configuration":{"id":7,"uuid":"7c0d1234-0000-4000-8000-000000000001",
               "meta":{"name":"Lobby","description":"Where everybody begins"},"suspended":false,
               "environment":{"SERVER_JARFILE":"server.jar","VANILLA_VERSION":"latest","STARTUP":"java -jar server.jar"},
               "invocation":"java -Xms128M -XX:MaxRAMPercentage=95.0 -jar server.jar","skip_egg_scripts":false,
               "build":{"memory_limit":1024,"swap":0,"io_weight":500,"cpu_limit":200,"threads":null,"disk_space":10240,
                 "oom_disabled":true},
               "container":{"image":"ghcr.io/example/java:21","requires_rebuild":false},
               "allocations":{"force_outgoing_ip":false,"default":{"ip":"192.0.2.10","port":25565},
                 "mappings":{"192.0.2.10":[25565,25566,25567]}},
               "mounts":[],"egg":{"id":"5e4c1c0c-6e0c-4a1b-8d58-0e2f2b9b1c11","file_denylist":["*.jar"]}}}
            """;

    private final OkHttpClient http = new OkHttpClient();
    private final JsonMapper json = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();
    private final NodeCredentials credentials = NodeCredentials.random(new SecureRandom());
    private final AnswerSource source = source();
    private final NodeServer server =
            HttpNode.builder(source.url(), credentials).client(http).build().server(ID);

    /** The call of the SDK. */
    @Benchmark
    public ServerDetails typed() {
        return server.details();
    }

    /** The same by hand. */
    @Benchmark
    public ServerDetails rawOkHttp() throws IOException {
        var request = new Request.Builder()
                .url(source.url() + "/api/servers/" + ID)
                .header("Authorization", credentials.panelToNode())
                .header("Accept", "application/json")
                .header("Accept-Encoding", "identity")
                .build();
        try (var response = http.newCall(request).execute()) {
            if (!response.isSuccessful()) {
                throw new IOException("status " + response.code());
            }
            return json.readValue(response.body().bytes(), ServerDetails.class);
        }
    }

    /** Compares before measuring: a call that answers something else is no comparison. */
    @Setup(Level.Trial)
    public void compare() throws IOException {
        if (!typed().equals(rawOkHttp())) {
            throw new IllegalStateException("the two calls do not answer the same");
        }
    }

    /** Closes everything. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        source.close();
        http.connectionPool().evictAll();
    }

    private static AnswerSource source() {
        try {
            return new AnswerSource(SERVER);
        } catch (IOException e) {
            throw new IllegalStateException("no socket for the source", e);
        }
    }
}
