package dev.rookery.examples.load.measure;

import dev.rookery.api.ServerId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Nodes that wait to be measured by somebody else: by the scripts that put the tools of a system beside them. */
@Command(
        name = "stand",
        description = {
            "Prepares a node, and with --beside another, each with one stopped server, and prints where everything is as a shell assigns it:",
            "node_url, node_token, node_sftp, node_login, node_server and node_files, and the same as beside_url and so on.",
            "Starts them with the first line that it reads, prints node_pid and beside_pid, and ends with its input.",
            "Everything is kept below java.io.tmpdir and removed in the end."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class StandLoad implements Callable<Integer> {

    private static final String USER = "bench";
    private static final List<String> NAMES = List.of("node", "beside");

    @Mixin
    private Programs programs = new Programs();

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "A public key of OpenSSH, whose owner may do everything over SFTP.")
    private @Nullable Path key;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var beds = new ArrayList<NodeBed>();
        try {
            for (var program : programs.all()) {
                var bed = NodeBed.open(program, NodeConfig.Wish.NOTHING);
                beds.add(bed);
                describe(NAMES.get(beds.size() - 1), bed);
            }
            // Not closed: it is the program's own input.
            var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            say("prepared=1");
            if (input.readLine() != null) {
                start(beds);
                input.transferTo(Writer.nullWriter());
            }
            return CommandLine.ExitCode.OK;
        } finally {
            for (var bed : beds) {
                close(bed);
            }
        }
    }

    private void describe(String name, NodeBed bed) throws IOException {
        var server = bed.stopped(1).get(0);
        var login = login(server);
        if (key != null) {
            bed.allow(USER, Files.readString(key).strip());
        }
        say(name + "_url=" + bed.url());
        say(name + "_token=" + bed.credentials().token());
        say(name + "_sftp=" + bed.sftpPort());
        say(name + "_login=" + login);
        say(name + "_server=" + server);
        say(name + "_files=" + bed.volume(server));
    }

    private void start(List<NodeBed> beds) throws IOException, InterruptedException {
        for (var bed : beds) {
            bed.start();
            say(NAMES.get(beds.indexOf(bed)) + "_pid=" + bed.pid());
            bed.awaitServers(1);
        }
        say("started=1");
    }

    private void say(String line) {
        var out = spec == null
                ? new PrintWriter(Writer.nullWriter())
                : spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }

    private static String login(ServerId server) {
        return USER + "." + server.toString().substring(0, 8);
    }

    private static void close(NodeBed bed) {
        try {
            bed.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
