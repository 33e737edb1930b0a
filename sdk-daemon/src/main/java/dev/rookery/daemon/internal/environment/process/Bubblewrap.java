package dev.rookery.daemon.internal.environment.process;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.spi.ProcessSpec;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the rest of the machine out of a process's sight by bubblewrap: the process sees the system's programs, read-only, and its own
 * directories, and has numbers of processes and a {@code /tmp} of its own. Nothing of it needs the daemon to live. Immutable. Source:
 * bwrap(1).
 */
final class Bubblewrap {

    private static final Logger LOG = LoggerFactory.getLogger(Bubblewrap.class);

    /** The process is the first that the first one of its namespace starts, and so has this number there. */
    static final long COMMAND_NUMBER = 2;

    private static final String PROGRAM = "bwrap";
    private static final String OFF = "off";
    private static final int PROBE_SECONDS = 10;
    private static final List<String> ROOT_DIRECTORIES =
            List.of("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32");

    /** What programs read of the machine's settings: nothing that holds keys or passwords, and no program's own configuration. */
    private static final List<String> SETTINGS = List.of(
            "passwd",
            "group",
            "hosts",
            "host.conf",
            "hostname",
            "resolv.conf",
            "nsswitch.conf",
            "gai.conf",
            "services",
            "protocols",
            "networks",
            "rpc",
            "ethertypes",
            "localtime",
            "timezone",
            "locale.alias",
            "locale.conf",
            "machine-id",
            "os-release",
            "debian_version",
            "lsb-release",
            "alpine-release",
            "redhat-release",
            "ld.so.cache",
            "ld.so.conf",
            "ld.so.conf.d",
            "alternatives",
            "ca-certificates.conf",
            "ssl/certs",
            "ssl/openssl.cnf",
            "pki/ca-trust",
            "pki/java",
            "pki/tls/certs",
            "crypto-policies",
            "mime.types",
            "magic",
            "terminfo",
            "inputrc",
            "profile",
            "bash.bashrc",
            "fonts",
            "xattr.conf");

    /** Where Java, Python and Perl keep what they do not run without; each is followed by a version. */
    private static final List<String> LANGUAGES = List.of("java", "python", "perl");

    /** What is left of root's rights: enough to install files of any owner, and to become the user of a server. */
    private static final List<String> CAPABILITIES =
            List.of("CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "NET_BIND_SERVICE", "SETGID", "SETUID");

    private final Path program;
    private final Path hidden;

    /**
     * Creates it.
     *
     * @param program the program
     * @param hidden the daemon's own directory, which is covered if it lies among the system's
     */
    Bubblewrap(Path program, Path hidden) {
        this.program = program;
        this.hidden = hidden.toAbsolutePath().normalize();
    }

    /**
     * Finds the program.
     *
     * @param setting its path, {@code off}, or empty to look for it
     * @param path the folders to look in
     * @throws UnavailableException if the setting names no program
     */
    static Optional<Path> find(String setting, String path) {
        if (setting.equals(OFF)) {
            return Optional.empty();
        }
        if (!setting.isEmpty()) {
            var named = Path.of(setting);
            if (!named.isAbsolute() || !Files.isRegularFile(named) || !Files.isExecutable(named)) {
                throw new UnavailableException(
                        "bubblewrap: '" + setting + "' (expected: the absolute path of a program, or off)");
            }
            return Optional.of(named);
        }
        return Stream.of(path.split(File.pathSeparator, -1))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, PROGRAM))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Finds the program and tries it. One that is named has to work; without one that is only found it goes on.
     *
     * @param hidden the daemon's own directory
     * @throws UnavailableException if the one that is named does not work
     */
    static Optional<Bubblewrap> open(String setting, String path, Path hidden) {
        var program = find(setting, path);
        if (program.isEmpty()) {
            LOG.warn("process runtime: no bubblewrap: servers see the files and processes of this machine");
            return Optional.empty();
        }
        var found = new Bubblewrap(program.get(), hidden);
        var problem = found.problem();
        if (problem.isEmpty()) {
            LOG.info("process runtime: servers are kept apart by {}", program.get());
            return Optional.of(found);
        }
        if (!setting.isEmpty()) {
            throw new UnavailableException("bubblewrap: " + program.get() + " does not work: " + problem.get());
        }
        LOG.warn(
                "process runtime: {} does not work: servers see the files and processes of this machine: {}",
                program.get(),
                problem.get());
        return Optional.empty();
    }

    /** Runs something in it, and returns why that does not work; empty if it does. */
    Optional<String> problem() {
        var arguments = new ArrayList<String>();
        arguments.add(program.toString());
        arguments.addAll(view());
        arguments.addAll(List.of("--remount-ro", "/", "setpriv", "--no-new-privs", "true"));
        try {
            var process =
                    new ProcessBuilder(arguments).redirectErrorStream(true).start();
            process.getOutputStream().close();
            if (!process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.of("it does not end");
            }
            var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.exitValue() == 0
                    ? Optional.empty()
                    : Optional.of(words.isEmpty() ? "exit code " + process.exitValue() : words);
        } catch (IOException e) {
            return Optional.of(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    /** Returns the words of a command line that a process's own command follows. Variables are inherited: anybody may read arguments. */
    List<String> arguments(ProcessSpec spec) {
        var arguments = new ArrayList<String>();
        arguments.add(program.toString());
        arguments.addAll(view());
        var targets = spec.mounts().stream().map(Bubblewrap::target).toList();
        for (var directory : directoriesAbove(targets)) {
            arguments.addAll(List.of("--dir", directory));
        }
        for (int i = 0; i < targets.size(); i++) {
            var mount = spec.mounts().get(i);
            arguments.addAll(List.of(
                    mount.readOnly() ? "--ro-bind" : "--bind",
                    mount.source(),
                    targets.get(i).toString()));
        }
        if (spec.hardening() == ProcessSpec.Hardening.SERVER) {
            arguments.addAll(List.of("--remount-ro", "/"));
        }
        arguments.addAll(
                List.of("--chdir", targets.isEmpty() ? "/" : targets.get(0).toString()));
        return arguments;
    }

    /** Returns what every process sees. */
    private List<String> view() {
        var view = new ArrayList<>(List.of("--unshare-pid", "--unshare-ipc", "--cap-drop", "ALL"));
        CAPABILITIES.forEach(capability -> view.addAll(List.of("--cap-add", "CAP_" + capability)));
        view.addAll(List.of("--ro-bind", "/usr", "/usr"));
        for (var directory : ROOT_DIRECTORIES) {
            addRootDirectory(view, Path.of(directory));
        }
        // Made by themselves, directories on the way could be entered by root only.
        for (var directory :
                List.of("/etc", "/etc/ssl", "/etc/pki", "/etc/pki/tls", "/sys", "/sys/fs", "/sys/devices")) {
            view.addAll(List.of("--dir", directory));
        }
        settings().forEach(file -> view.addAll(List.of("--ro-bind-try", file, file)));
        // By these programs find out what they may use.
        view.addAll(List.of("--ro-bind-try", "/sys/fs/cgroup", "/sys/fs/cgroup"));
        view.addAll(List.of("--dir", "/sys/devices/system"));
        view.addAll(List.of("--ro-bind-try", "/sys/devices/system/cpu", "/sys/devices/system/cpu"));
        view.addAll(List.of("--ro-bind-try", "/sys/devices/system/node", "/sys/devices/system/node"));
        view.addAll(List.of("--proc", "/proc"));
        // Root may write there although it has no capability left; bubblewrap covers not all of it.
        for (var file : List.of("/proc/sys", "/proc/sysrq-trigger", "/proc/acpi", "/proc/scsi", "/proc/fs")) {
            view.addAll(List.of("--ro-bind-try", file, file));
        }
        view.addAll(List.of("--dev", "/dev"));
        for (var directory :
                List.of("/home", "/home/container", "/mnt", "/root", "/run", "/var", "/var/lib", "/var/cache")) {
            view.addAll(List.of("--dir", directory));
        }
        view.addAll(List.of("--symlink", "../run", "/var/run"));
        for (var directory : List.of("/tmp", "/var/tmp", "/dev/shm")) {
            view.addAll(List.of("--perms", "1777", "--tmpfs", directory));
        }
        if (hidden.startsWith("/usr") && Files.isDirectory(hidden)) {
            view.addAll(List.of("--tmpfs", hidden.toString()));
        }
        return view;
    }

    private static void addRootDirectory(List<String> view, Path directory) {
        try {
            if (Files.isSymbolicLink(directory)) {
                view.addAll(
                        List.of("--symlink", Files.readSymbolicLink(directory).toString(), directory.toString()));
            } else if (Files.isDirectory(directory)) {
                view.addAll(List.of("--ro-bind", directory.toString(), directory.toString()));
            }
        } catch (IOException e) {
            throw new UnavailableException("process runtime: cannot read " + directory + ": " + e, e);
        }
    }

    private static List<String> settings() {
        var settings =
                new ArrayList<>(SETTINGS.stream().map(name -> "/etc/" + name).toList());
        try (var files = Files.newDirectoryStream(
                Path.of("/etc"),
                file -> LANGUAGES.stream().anyMatch(file.getFileName().toString()::startsWith))) {
            files.forEach(file -> settings.add(file.toString()));
        } catch (IOException e) {
            throw new UnavailableException("process runtime: cannot read /etc: " + e, e);
        }
        return settings;
    }

    /** Returns where a mount goes; one that leads out of what the process sees would be made on the machine itself. */
    private static Path target(ProcessSpec.Mount mount) {
        var target = Path.of(mount.target());
        if (!target.isAbsolute() || target.getNameCount() == 0 || !target.equals(target.normalize())) {
            throw new InvalidInputException("mount target: '" + mount.target()
                    + "' (expected by the process runtime: an absolute path other than /, without . and ..)");
        }
        return target;
    }

    /** Returns the directories on the way to the targets, outermost first, as far as they are not the system's. */
    private static List<String> directoriesAbove(List<Path> targets) {
        var directories = new LinkedHashSet<String>();
        for (var target : targets) {
            for (int names = 1; names < target.getNameCount(); names++) {
                var above = Path.of("/").resolve(target.subpath(0, names));
                // What lies in another mount of the process is that mount's.
                if (targets.stream().noneMatch(above::startsWith)) {
                    directories.add(above.toString());
                }
            }
        }
        return List.copyOf(directories);
    }
}
