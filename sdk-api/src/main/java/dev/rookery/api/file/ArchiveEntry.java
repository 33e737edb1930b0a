package dev.rookery.api.file;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.immutables.value.Value;

/**
 * What an archive says of one of its files. Whoever made it may be a stranger: none of it need be true. Ours.
 *
 * @param name the name in its directory, never empty, {@code .} or {@code ..}, and without a slash
 * @param kind what it is
 * @param sizeBytes how long it is when it is unpacked; empty if the archive does not say it, and for what has no content
 * @param mode its permissions; the usual ones where the archive has none
 * @param modified when it was changed last; empty if the archive does not say it
 * @param target where a link leads, and what a hard link is another name of; empty for anything else
 */
@Value.Builder
public record ArchiveEntry(
        @JsonProperty("name") String name,
        @JsonProperty("kind") Kind kind,
        @JsonProperty("size") OptionalLong sizeBytes,
        @JsonProperty("mode") FileMode mode,
        @JsonProperty("modified") Optional<Instant> modified,
        @JsonProperty("target") Optional<String> target) {

    private static final FileMode FILE_MODE = new FileMode(0644);
    private static final FileMode DIRECTORY_MODE = new FileMode(0755);

    /** Fills in what a peer left out; the name has to be there. */
    public ArchiveEntry {
        requireNonNull(name, "name");
        kind = kind == null ? Kind.OTHER : kind;
        sizeBytes = sizeBytes == null ? OptionalLong.empty() : sizeBytes;
        mode = mode == null ? kind == Kind.DIRECTORY ? DIRECTORY_MODE : FILE_MODE : mode;
        modified = modified == null ? Optional.empty() : modified;
        target = target == null ? Optional.empty() : target;
    }

    /** Returns whether it is a directory. */
    public boolean directory() {
        return kind == Kind.DIRECTORY;
    }

    /** Returns whether its content can be asked for. */
    public boolean readable() {
        return kind == Kind.FILE || kind == Kind.HARD_LINK;
    }

    /** Returns a builder of a file with the usual permissions; the name is to be set. */
    public static ArchiveEntryBuilder builder() {
        return new ArchiveEntryBuilder().kind(Kind.FILE).mode(FILE_MODE);
    }

    /** Returns a directory of which nothing is known but that something is in it. */
    public static ArchiveEntry impliedDirectory(String name) {
        return builder().name(name).kind(Kind.DIRECTORY).mode(DIRECTORY_MODE).build();
    }

    /** What a file is. */
    public enum Kind {
        /** A file with content. */
        FILE("file"),
        /** A directory; the archive may say nothing of it but the names of what is in it. */
        DIRECTORY("directory"),
        /** A symbolic link. */
        LINK("link"),
        /** Another name of a file that is in the archive. */
        HARD_LINK("hard-link"),
        /** A device, a pipe, or what is not known. */
        OTHER("other");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** Returns the kind that a node means; {@link #OTHER} for what is not known. */
        @JsonCreator
        static Kind of(String text) {
            return Arrays.stream(values())
                    .filter(kind -> kind.text.equals(text))
                    .findFirst()
                    .orElse(OTHER);
        }

        @JsonValue
        @Override
        public String toString() {
            return text;
        }
    }
}
