package dev.rookery.examples.node;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Tells the version in the program's manifest. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"rookery-node " + text()};
    }

    /** Returns the version, {@code develop} for a build that is none. */
    static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .filter(version -> !version.endsWith("-SNAPSHOT"))
                .orElse("develop");
    }
}
