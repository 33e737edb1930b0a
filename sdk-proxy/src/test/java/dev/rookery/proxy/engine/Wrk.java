package dev.rookery.proxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Asks one host of one port as fast as it can, by kept connections, and looks at each answer. */
final class Wrk implements AutoCloseable {

    /** An answer that is not one of the right ones is told by its status and text. */
    private static final String SCRIPT = """
            local threads = {}
            function setup(thread) table.insert(threads, thread) end
            function init(args)
              wrong = 0
              example = ""
              wrk.headers["Host"] = args[1]
              wrk.headers["Connection"] = args[2]
            end
            function response(status, headers, body)
              if status ~= 200 or not string.find(body, "^version %d+$") then
                wrong = wrong + 1
                example = status .. " " .. string.sub(body, 1, 60)
              end
            end
            function done(summary, latency, requests)
              local all, one = 0, ""
              for _, thread in ipairs(threads) do
                all = all + thread:get("wrong")
                if thread:get("example") ~= "" then one = thread:get("example") end
              end
              local e = summary.errors
              print(string.format("COUNTED %d %d %d %d %d %d %s",
                summary.requests, e.connect, e.read, e.write, e.timeout, all, one))
            end
            """;

    private static final Pattern COUNTED = Pattern.compile("COUNTED (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (.*)");

    private final Process process;

    /**
     * Starts it.
     *
     * @param connection what requests say of their connection
     */
    Wrk(Path folder, int port, String host, String connection, int seconds) throws IOException {
        var script = folder.resolve("wrk.lua");
        Files.writeString(script, SCRIPT);
        process = new ProcessBuilder(List.of(
                        "wrk",
                        "--threads",
                        "1",
                        "--connections",
                        "8",
                        "--duration",
                        seconds + "s",
                        "--timeout",
                        "10s",
                        "--script",
                        script.toString(),
                        "http://127.0.0.1:" + port + "/",
                        "--",
                        host,
                        connection))
                .redirectErrorStream(true)
                .start();
    }

    boolean runs() {
        return process.isAlive();
    }

    /** Waits for its end. */
    Counted counted() throws IOException, InterruptedException {
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        var found = COUNTED.matcher(said);
        assertThat(found.find()).as(said).isTrue();
        return new Counted(
                number(found.group(1)),
                number(found.group(2)) + number(found.group(3)) + number(found.group(4)) + number(found.group(5)),
                number(found.group(6)),
                found.group(7));
    }

    private static long number(String text) {
        return Long.parseLong(text);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /**
     * What became of the requests.
     *
     * @param answered how many had an answer
     * @param failed how many had none
     * @param wrong how many had another answer than the right ones
     * @param example one of these
     */
    record Counted(long answered, long failed, long wrong, String example) {

        String share() {
            return String.format("%d of %d (%.4f %%)", failed, answered + failed, 100.0 * failed / (answered + failed));
        }
    }
}
