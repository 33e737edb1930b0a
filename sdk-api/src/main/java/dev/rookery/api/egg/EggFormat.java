package dev.rookery.api.egg;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** A format of egg files that {@link EggReader} reads. Source: eggs §2. */
public enum EggFormat {
    /** Pterodactyl 1.8 and later. */
    PTDL_V2("PTDL_v2"),
    /** Pelican since October 2025. */
    PLCN_V3("PLCN_v3");

    private final String version;

    EggFormat(String version) {
        this.version = version;
    }

    /** Returns the text of {@code meta.version}. */
    public String version() {
        return version;
    }

    /** Returns the format of that exact {@code meta.version}. */
    public static Optional<EggFormat> find(String version) {
        return Arrays.stream(values())
                .filter(format -> format.version.equals(version))
                .findFirst();
    }

    /** Returns the versions of all formats, for people to read. */
    static String versions() {
        return Arrays.stream(values()).map(EggFormat::version).collect(Collectors.joining(" or "));
    }
}
