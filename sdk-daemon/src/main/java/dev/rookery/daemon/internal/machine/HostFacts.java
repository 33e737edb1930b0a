package dev.rookery.daemon.internal.machine;

import dev.rookery.api.node.MachineDetails;
import dev.rookery.api.node.SystemInformation;
import java.util.Locale;
import java.util.Optional;

/** Facts about this machine, in the spelling of the protocol. */
public final class HostFacts {

    private HostFacts() {}

    /** Returns the short form. */
    public static SystemInformation read() {
        return new SystemInformation(
                architecture(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.version"),
                osType(),
                version());
    }

    /** Returns the machine's part of the long form. */
    public static MachineDetails.Machine machine(HostReader host) {
        return new MachineDetails.Machine(
                architecture(),
                Runtime.getRuntime().availableProcessors(),
                host.memoryBytes(),
                System.getProperty("os.version"),
                host.osName(),
                osType());
    }

    /** Returns the daemon's version. */
    public static String version() {
        return Optional.ofNullable(HostFacts.class.getPackage().getImplementationVersion())
                .orElse("0.1.0");
    }

    private static String osType() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT);
    }

    private static String architecture() {
        var name = System.getProperty("os.arch");
        return switch (name) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> name;
        };
    }
}
