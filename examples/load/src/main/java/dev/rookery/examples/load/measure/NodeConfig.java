package dev.rookery.examples.load.measure;

import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.token.NodeCredentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** The {@code config.yml} of a measured node, which all Wings read. */
final class NodeConfig {

    static final int LARGE_CONSOLE_LINES = 100_000;

    private static final String NETWORK = "rookery_load";
    /** Pelican's insists on the bridge of its network. */
    private static final String FOREIGN_NETWORK = "pelican_nw";

    private final NodeProgram program;
    private final Path folder;
    private final Wish wish;

    /**
     * What a measurement needs of its node.
     *
     * @param manySockets whether a server may have more console sockets than Pelican allows, which Pterodactyl's dialect does not limit
     * @param largeConsole whether more of a console is kept in memory than usual
     */
    record Wish(boolean manySockets, boolean largeConsole) {
        static final Wish NOTHING = new Wish(false, false);
    }

    NodeConfig(NodeProgram program, Path folder, Wish wish) {
        this.program = program;
        this.folder = folder;
        this.wish = wish;
    }

    Path file() {
        return folder.resolve("config.yml");
    }

    Path volumes() {
        return folder.resolve("volumes");
    }

    Dialect dialect() {
        return wish.manySockets() && !program.foreign() ? Dialect.PTERODACTYL : Dialect.PELICAN;
    }

    /** Returns the network to remove in the end; another project's stays, because it may be shared. */
    Optional<String> network() {
        return program.foreign() ? Optional.empty() : Optional.of(NETWORK);
    }

    void write(NodeCredentials credentials, URI panel, int port, int sftpPort) throws IOException {
        // Without a user of that name on the machine, Pelican's would add one.
        int user = program.foreign() ? 0 : 988;
        var network = program.foreign() ? FOREIGN_NETWORK : NETWORK;
        var subnet = program.foreign() ? "10.214.31" : "10.214.9";
        var ours = program.foreign() ? "" : """
                  runtime: %s
                """.formatted(program.runtime());
        var dialect = program.foreign() ? "" : ", dialect: " + dialect().wireName();
        // Others would not know the keys, and keep nothing in memory.
        var console = program.foreign() || !wish.largeConsole()
                ? ""
                : "console: {max_lines: " + LARGE_CONSOLE_LINES + ", max_bytes: " + (64 << 20) + "}";
        Files.createDirectories(volumes());
        Files.writeString(file(), """
                debug: false
                uuid: %s
                token_id: %s
                token: %s
                remote: %s
                api: {host: 127.0.0.1, port: %d, ssl: {enabled: false}, upload_limit: 100%s}
                throttles: {enabled: false}
                %13$s
                system:
                  root_directory: %9$s/root
                  log_directory: %9$s/log
                  data: %9$s/volumes
                  archive_directory: %9$s/archives
                  backup_directory: %9$s/backups
                  tmp_directory: %9$s/tmp
                  username: root
                  enable_log_rotate: false
                  sftp: {bind_address: 127.0.0.1, bind_port: %8$d}
                  user: {uid: %10$d, gid: %10$d, passwd: {enable: true, directory: %9$s/etc}}
                  machine_id: {enable: true, directory: %9$s/etc/machine-id}
                %7$s
                docker:
                  network:
                    name: %11$s
                    network_mode: %11$s
                    IPv6: false
                    interface: %12$s.1
                    interfaces: {v4: {subnet: %12$s.0/24, gateway: %12$s.1}}
                """.formatted(
                        UUID.randomUUID(),
                        credentials.tokenId(),
                        credentials.token(),
                        panel,
                        port,
                        dialect,
                        ours,
                        sftpPort,
                        folder,
                        user,
                        network,
                        subnet,
                        console));
    }
}
