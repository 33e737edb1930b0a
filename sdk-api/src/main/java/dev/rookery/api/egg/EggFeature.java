package dev.rookery.api.egg;

import dev.rookery.api.Incubating;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A feature that eggs may have: what a server prints when its owner needs help, and which help. Source: eggs §9.8, panel remote API §7.5.
 */
@Incubating
public enum EggFeature {
    /** The owner has to accept Minecraft's licence; the help writes {@code eula=true} to {@code eula.txt}. */
    EULA("eula", "you need to agree to the eula in order to run the server"),
    /** The program needs a newer Java; the help offers the egg's other images. */
    JAVA_VERSION(
            "java_version",
            "java.lang.unsupportedclassversionerror",
            "unsupported major.minor version",
            "has been compiled by a more recent version of the java runtime",
            "requires running the server with java"),
    /** Steam does not know the token of the game server; the help asks for another one. */
    GSL_TOKEN("gsl_token", "(gsl token expired)", "(account not found)"),
    /** The container may not have so many processes and threads; the help explains it. */
    PID_LIMIT(
            "pid_limit",
            "pthread_create failed",
            "failed to create thread",
            "unable to create thread",
            "unable to create native thread",
            "unable to create new native thread"),
    /** SteamCMD has no room on the disk; the help explains it. */
    STEAM_DISK_SPACE("steam_disk_space", "steamcmd needs 250mb of free disk space to update", "0x202 after update job");

    private final String id;

    @SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed
    private final List<String> phrases;

    EggFeature(String id, String... phrases) {
        this.id = id;
        this.phrases = List.of(phrases);
    }

    /** Returns what eggs and panels call it. */
    public String id() {
        return id;
    }

    /** Returns what a server prints, in lower case: one of these in a line is enough. */
    public List<String> phrases() {
        return phrases;
    }

    /** Returns whether a line that a server prints asks for this help. */
    public boolean matches(String line) {
        var lower = line.toLowerCase(Locale.ROOT);
        return phrases.stream().anyMatch(lower::contains);
    }

    /** Returns the feature of an id. Eggs may name others, which mean nothing. */
    public static Optional<EggFeature> find(String id) {
        return Arrays.stream(values()).filter(feature -> feature.id.equals(id)).findFirst();
    }
}
