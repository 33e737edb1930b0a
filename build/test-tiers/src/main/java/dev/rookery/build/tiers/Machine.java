package dev.rookery.build.tiers;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What this machine and its environment offer to tests; looked up once in a test JVM. */
final class Machine {
    private static final Map<Part, Optional<String>> MISSING = new ConcurrentHashMap<>();

    private Machine() {}

    /** Says why a part cannot be used, or nothing when it is there. */
    static Optional<String> missing(Part part) {
        return MISSING.computeIfAbsent(part, Machine::probe);
    }

    private static Optional<String> probe(Part part) {
        return switch (part) {
            case DOCKER -> EngineProbe.missing();
            case CURRENT_ENGINE -> currentEngine();
            case REGISTRY -> registry();
            case BROWSER ->
                notOnPath("chromium", "chromium-browser", "google-chrome").or(() -> notOnPath("node"));
            case EGGS -> noFolderIn("ROOKERY_EGGS");
            case ROOT ->
                "root".equals(System.getProperty("user.name")) && Files.isDirectory(Path.of("/proc/self"))
                        ? Optional.empty()
                        : Optional.of("not root on Linux");
            case BUBBLEWRAP -> notOnPath("bwrap");
            case POSTGRES -> postgres();
            case SFTP_CLIENTS -> sftpClients();
            case CADDY -> notOnPath("caddy");
            case NGINX -> nginx();
            case CERTBOT -> notOnPath("certbot").or(() -> noProgramIn("ROOKERY_PEBBLE", "scripts/pebble builds one"));
            case WRK -> notOnPath("wrk");
            case S3 -> s3();
            case PROJECT_QUOTAS -> noFolderIn("ROOKERY_PROJECT_QUOTAS");
            case CADDY_L4 -> noProgramIn("ROOKERY_CADDY_L4", "scripts/caddy-l4 builds one");
            case CLOUDFLARED -> noProgramIn("ROOKERY_CLOUDFLARED", "scripts/cloudflared builds one");
            case SOAK -> switchedOff("ROOKERY_SOAK");
            case FUZZ -> switchedOff("ROOKERY_FUZZ");
            case FOREIGN -> switchedOff("ROOKERY_FOREIGN");
        };
    }

    private static Optional<String> currentEngine() {
        String variable = "ROOKERY_CURRENT_ENGINE";
        String host = System.getenv(variable);
        return host == null || host.isBlank()
                ? Optional.of(variable + " does not name an engine (scripts/current-engine start)")
                : EngineProbe.missing(host);
    }

    private static Optional<String> registry() {
        return noProgramIn("ROOKERY_REGISTRY", "scripts/registry prints one");
    }

    private static Optional<String> noProgramIn(String variable, String where) {
        String program = System.getenv(variable);
        return program != null && !program.isBlank() && Files.isExecutable(Path.of(program))
                ? Optional.empty()
                : Optional.of(variable + " does not name a program (" + where + ")");
    }

    private static Optional<String> sftpClients() {
        return Stream.of("sftp", "ssh-keygen", "lftp", "rclone", "sshfs", "rsync", "git")
                .flatMap(program -> notOnPath(program).stream())
                .findFirst()
                .or(() -> Files.isWritable(Path.of("/dev/fuse"))
                        ? Optional.empty()
                        : Optional.of("no /dev/fuse that may be used"));
    }

    private static Optional<String> s3() {
        return Files.isDirectory(Path.of("web/node_modules/s3rver"))
                ? notOnPath("node")
                : Optional.of("no s3rver in examples/panel/web/node_modules (npm ci in the UI's folder brings it)");
    }

    private static Optional<String> postgres() {
        // Debian keeps the server's programs beside the PATH, a folder for each version.
        File[] versions = new File("/usr/lib/postgresql").listFiles();
        boolean there = versions != null
                && Stream.of(versions).anyMatch(version -> new File(version, "bin/initdb").canExecute());
        return there ? Optional.empty() : notOnPath("initdb");
    }

    private static Optional<String> notOnPath(String... names) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        boolean there = Stream.of(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> Stream.of(names).map(name -> Path.of(folder, name)))
                .anyMatch(Files::isExecutable);
        return there ? Optional.empty() : Optional.of("no " + String.join(" or ", names) + " on the PATH");
    }

    private static Optional<String> nginx() {
        // Root's programs are not on the PATH of everybody.
        boolean there = notOnPath("nginx").isEmpty() || Files.isExecutable(Path.of("/usr/sbin/nginx"));
        // Distributions that build the module in have no file for it.
        boolean stream = Files.exists(Path.of("/usr/lib/nginx/modules/ngx_stream_module.so"))
                || !Files.isDirectory(Path.of("/usr/lib/nginx/modules"));
        return there && stream ? notOnPath("openssl") : Optional.of("no nginx with its stream module");
    }

    private static Optional<String> noFolderIn(String variable) {
        String folder = System.getenv(variable);
        if (folder == null || folder.isBlank()) {
            return Optional.of(variable + " does not name a folder");
        }
        return Files.isDirectory(Path.of(folder))
                ? Optional.empty()
                : Optional.of(variable + ": " + folder + " is not a folder");
    }

    private static Optional<String> switchedOff(String variable) {
        return "1".equals(System.getenv(variable)) ? Optional.empty() : Optional.of("set " + variable + "=1 to run it");
    }
}
