package dev.rookery.daemon.internal.http;

import io.netty.util.Version;
import java.util.Map;
import java.util.TreeMap;

/**
 * Says in words what is wrong when a dependency BOM has lowered Netty to 4.1, instead of failing on a missing class somewhere later.
 * Uses only what Netty 4.1 has too.
 */
public final class NettyVersion {

    /** The release this module is built and tested with. */
    static final String TESTED = "4.2.18.Final";

    private static final String REQUIRED_LINE = "4.2.";

    private NettyVersion() {}

    /**
     * Checks the Netty on the class path.
     *
     * @throws IllegalStateException naming the property to set, if it is not a 4.2
     */
    public static void check() {
        var versions = new TreeMap<String, String>();
        Version.identify(NettyVersion.class.getClassLoader())
                .forEach((artifact, version) -> versions.put(artifact, version.artifactVersion()));
        check(versions);
    }

    static void check(Map<String, String> versions) {
        for (var artifact : versions.entrySet()) {
            // Artifacts that exist in 4.1 only, or that others bring, do not matter.
            if (artifact.getKey().matches("netty-(common|buffer|transport|handler|codec-http)")
                    && !artifact.getValue().startsWith(REQUIRED_LINE)) {
                throw new IllegalStateException(artifact.getKey() + " " + artifact.getValue()
                        + " is on the class path (expected: Netty 4.2). A dependency BOM has lowered it: set the property"
                        + " 'netty.version' to " + TESTED + ", or import io.netty:netty-bom:" + TESTED
                        + " before that BOM");
            }
        }
    }
}
