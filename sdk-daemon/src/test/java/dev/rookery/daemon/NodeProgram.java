package dev.rookery.daemon;

import dev.rookery.api.CallOptions;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.file.ArchiveFormat;
import dev.rookery.api.file.CompressRequest;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.Node;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.ServerPage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** A daemon in a process of its own, to be killed. Its panel is a folder; it is told what to do line by line. */
final class NodeProgram {

    private NodeProgram() {}

    public static void main(String[] args) throws Exception {
        var root = Path.of(args[0]);
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var options = TestNode.options(UUID.fromString(args[1]), root).build();
        try (var daemon = Daemon.builder(options, new FolderPanel(root.resolve("panel")))
                        .crashPoints(point -> {
                            if (args.length > 2 && args[2].equals(point)) {
                                Runtime.getRuntime().halt(137);
                            }
                        })
                        .build();
                var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            daemon.start();
            out.println("= started");
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                try {
                    out.println("= " + obey(daemon.node(), List.of(line.split(" ", -1)), out));
                } catch (RuntimeException e) {
                    out.println("= failed: " + e);
                }
            }
        }
    }

    private static String obey(Node node, List<String> words, PrintStream out) throws InterruptedException {
        var id = words.get(0).equals("list") ? ServerId.random() : ServerId.parse(words.get(1));
        switch (words.get(0)) {
            case "create" -> node.createServer(new CreateServer(id, false));
            case "delete" -> node.server(id).delete();
            case "list" -> {
                return node.servers().stream()
                        .map(server -> server.configuration().uuid() + " "
                                + server.state().wireName())
                        .toList()
                        .toString();
            }
            case "power" -> node.server(id).power(PowerAction.parse(words.get(2)));
            case "state" -> {
                return node.server(id).details().state().wireName();
            }
            case "compress" -> node.server(id).files().jobs().compress(packing(words.get(2)));
            case "compressed" -> node.server(id).files().compress(packing(words.get(2)));
            case "decompress" -> node.server(id).files().jobs().decompress("/", words.get(2));
            case "decompressed" -> node.server(id).files().decompress("/", words.get(2));
            case "jobs" -> {
                return node.server(id).files().jobs().list().stream()
                        .map(job -> job.id() + " " + job.state())
                        .collect(Collectors.joining(","));
            }
            case "console" -> {
                var console = new RecordingConsole();
                node.server(id).console(ConsoleOptions.after(0), console);
                Thread.sleep(1000);
                console.of(ConsoleEvent.Output.class)
                        .forEach(line -> out.println(line.number().orElse(0) + "\t" + line.line()));
            }
            default -> throw new IllegalArgumentException(words.toString());
        }
        return "done";
    }

    private static CompressRequest packing(String name) {
        return new CompressRequest("/", List.of("tree"), Optional.of(name), ArchiveFormat.TAR_GZ);
    }

    /** A panel that is a folder. */
    private static final class FolderPanel implements Panel {

        private final Path folder;
        private final String key;

        FolderPanel(Path folder) {
            this(folder, "");
        }

        private FolderPanel(Path folder, String key) {
            this.folder = folder;
            this.key = key;
        }

        @Override
        public Panel with(CallOptions options) {
            return new FolderPanel(folder, options.correlationId().orElse(""));
        }

        @Override
        public ServerPage servers(int page, int perPage) {
            return new ServerPage(List.of(), 1, 1, 0);
        }

        @Override
        public ServerConfiguration configuration(ServerId server) {
            return read(server + ".json", ServerConfiguration.class);
        }

        @Override
        public InstallScript installScript(ServerId server) {
            return read(server + ".script.json", InstallScript.class);
        }

        @Override
        public void reportInstall(ServerId server, InstallReport report) {
            append("keys", server + " " + key);
            append("reports", server + " " + report.successful());
        }

        private void append(String file, String line) {
            try {
                Files.writeString(
                        folder.resolve(file),
                        line + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND,
                        StandardOpenOption.SYNC);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private <T> T read(String name, Class<T> type) {
            try {
                return WireJson.read(Files.readAllBytes(folder.resolve(name)), type);
            } catch (IOException e) {
                throw new NotFoundException(name, e);
            }
        }
    }
}
