package dev.rookery.daemon.internal.node;

import dev.rookery.api.node.SystemInformation;
import java.util.Locale;
import java.util.Optional;

/** Facts about this machine, in the spelling of the protocol. */
final class HostFacts {

    private HostFacts() {}

    static SystemInformation read() {
        var version = Optional.ofNullable(HostFacts.class.getPackage().getImplementationVersion())
                .orElse("0.1.0");
        return new SystemInformation(
                architecture(System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.version"),
                System.getProperty("os.name").toLowerCase(Locale.ROOT),
                version);
    }

    private static String architecture(String name) {
        return switch (name) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> name;
        };
    }
}
