package dev.rookery.api.egg;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A format of egg files. Source: eggs §2. */
public enum EggFormat {
    /** Pterodactyl 0.7 to 1.7: images are a list. */
    PTDL_V1("PTDL_v1", false),
    /** Pterodactyl 1.8 and later: images have labels. */
    PTDL_V2("PTDL_v2", false),
    /** Pelican since October 2024: rules are lists, variables have an order. */
    PLCN_V1("PLCN_v1", false),
    /** Pelican since August 2025: as YAML, too. */
    PLCN_V2("PLCN_v2", true),
    /** Pelican since October 2025: several startup commands, a picture. */
    PLCN_V3("PLCN_v3", true);

    private final String version;
    private final boolean yaml;

    EggFormat(String version, boolean yaml) {
        this.version = version;
        this.yaml = yaml;
    }

    /** Returns the text of {@code meta.version}. */
    public String version() {
        return version;
    }

    /** Returns the syntaxes in which panels read this format. {@link EggReader} reads every format in both. */
    public Set<EggSyntax> syntaxes() {
        return yaml ? Set.of(EggSyntax.JSON, EggSyntax.YAML) : Set.of(EggSyntax.JSON);
    }

    /** Returns whether this is one of Pterodactyl's formats. */
    public boolean pterodactyl() {
        return this == PTDL_V1 || this == PTDL_V2;
    }

    /** Returns the format of that exact {@code meta.version}. */
    public static Optional<EggFormat> find(String version) {
        return Arrays.stream(values())
                .filter(format -> format.version.equals(version))
                .findFirst();
    }

    /** Returns the versions of all formats, for people to read. */
    static String versions() {
        return "one of " + Arrays.stream(values()).map(EggFormat::version).collect(Collectors.joining(", "));
    }
}
