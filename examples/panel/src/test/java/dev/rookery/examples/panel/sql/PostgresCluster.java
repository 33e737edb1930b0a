package dev.rookery.examples.panel.sql;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of the tests' own, in a folder that goes with it: one for each test JVM, started when the first test asks for it and
 * stopped with the JVM. Tests that use it have the tag {@code postgres}. Where they run as root, it runs as a user who may do little.
 */
public final class PostgresCluster {

    /** Who connects. */
    public static final String USER = "panel";

    private static final long PATIENCE_SECONDS = 60;
    private static final int STARTS = 5;

    private final Path folder;
    private final Path programs;
    private final List<String> prefix;
    private final String password = UUID.randomUUID().toString();
    private int port;

    private PostgresCluster() throws IOException, InterruptedException {
        programs = programs();
        var user = unprivileged();
        folder = Files.createTempDirectory(
                "rookery-postgres", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        prefix = user.map(name -> List.of("setpriv", "--reuid=" + name, "--regid=" + name, "--clear-groups"))
                .orElse(List.of());
        var secret = Files.writeString(folder.resolve("password"), password);
        if (user.isPresent()) {
            var owner = folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user.get());
            Files.setOwner(folder, owner);
            Files.setOwner(secret, owner);
        }
        run(
                "initdb",
                "--pgdata=" + data(),
                "--username=" + USER,
                "--pwfile=" + secret,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--no-sync");
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
        start();
    }

    /** Returns the server of this JVM. */
    public static PostgresCluster shared() {
        return Shared.CLUSTER;
    }

    /** Returns a migrated database in which nothing is, the same one each time; it is closed with the JVM. */
    public static Database emptied() {
        Shared.DATABASE.jdbi().useHandle(handle -> {
            var tables = handle.select("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
                            + " AND tablename <> 'flyway_schema_history'")
                    .mapTo(String.class)
                    .list();
            handle.execute("TRUNCATE " + String.join(", ", tables) + " RESTART IDENTITY CASCADE");
        });
        return Shared.DATABASE;
    }

    /** Returns the address of a new, empty database. */
    public String newDatabase() {
        var name = "t" + UUID.randomUUID().toString().replace("-", "");
        Shared.DATABASE.jdbi().useHandle(handle -> handle.execute("CREATE DATABASE " + name));
        return url(name);
    }

    /** Removes a database whose connections are closed. */
    public void drop(String url) {
        var name = url.substring(url.lastIndexOf('/') + 1, url.indexOf('?'));
        Shared.DATABASE.jdbi().useHandle(handle -> handle.execute("DROP DATABASE " + name + " WITH (FORCE)"));
    }

    /** Returns the user's password. */
    public String password() {
        return password;
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + USER;
    }

    /** A port that is free now may be taken in a moment; then with another one. */
    private void start() throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try (var socket = new ServerSocket(0)) {
                port = socket.getLocalPort();
            }
            try {
                // Durability is not what the tests are about, and their machine is shared.
                run(
                        "pg_ctl",
                        "start",
                        "--wait",
                        "--silent",
                        "--pgdata=" + data(),
                        "--log=" + folder.resolve("log"),
                        "--options=-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
                                + " -c fsync=off -c full_page_writes=off -c synchronous_commit=off");
                return;
            } catch (IOException e) {
                if (attempt == STARTS) {
                    throw e;
                }
            }
        }
    }

    private void stop() {
        try {
            run("pg_ctl", "stop", "--silent", "--mode=immediate", "--pgdata=" + data());
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private void run(String program, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(prefix);
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        var output = Files.createTempFile("rookery-postgres", ".log");
        var process = new ProcessBuilder(command)
                .directory(folder.getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroy();
            throw new IOException(program + " failed: " + Files.readString(output));
        }
        Files.delete(output);
    }

    private static Path programs() throws IOException {
        var debian = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(debian)) {
            try (var versions = Files.list(debian)) {
                var newest = versions.map(version -> version.resolve("bin"))
                        .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                        .max(Comparator.naturalOrder());
                if (newest.isPresent()) {
                    return newest.get();
                }
            }
        }
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                .findFirst()
                .orElseThrow(() -> new IOException("no initdb"));
    }

    /** Returns as whom to run it; empty means as who we are. The server refuses to be root. */
    private static Optional<String> unprivileged() throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return Optional.empty();
        }
        var users = Files.readAllLines(Path.of("/etc/passwd")).stream()
                .map(line -> line.split(":", 2)[0])
                .toList();
        return Arrays.asList("postgres", "nobody").stream()
                .filter(users::contains)
                .findFirst();
    }

    /** Made when first used. */
    private static final class Shared {

        private static final PostgresCluster CLUSTER;
        private static final Database DATABASE;

        static {
            try {
                CLUSTER = new PostgresCluster();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            DATABASE = Database.connect(CLUSTER.url("postgres"), Optional.of(CLUSTER.password));
        }
    }
}
