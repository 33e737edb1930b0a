package dev.rookery.examples.panel.proxy;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.UnavailableException;
import dev.rookery.kit.DurableFiles;
import dev.rookery.proxy.route.SecretRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/** The tokens of Cloudflare: in files that only the panel's user can read, or wherever a document says. Thread-safe. */
public final class BindingTokens {

    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,512}");

    private static final String SUFFIX = ".token";
    private static final Duration UNUSED = Duration.ofMinutes(10);

    private final Path folder;
    private final Map<String, Instant> unused = new ConcurrentHashMap<>();

    BindingTokens(Path folder) {
        this.folder = folder;
    }

    /**
     * Keeps the token of a binding.
     *
     * @return what the document says in place of it
     * @throws InvalidInputException if it cannot be one; the message does not have it
     */
    public SecretRef keep(String binding, String token) {
        var text = token.strip();
        if (!TOKEN.matcher(text).matches()) {
            throw new InvalidInputException("token (expected: printable ASCII without blanks, at most 512)");
        }
        var file = file(binding);
        try {
            DurableFiles.createDirectories(folder);
            DurableFiles.write(file, text.getBytes(StandardCharsets.UTF_8), DurableFiles.PRIVATE);
        } catch (IOException e) {
            throw new UnavailableException("the token cannot be kept: " + e.getMessage(), e);
        }
        unused.remove(binding);
        return place(binding);
    }

    /** Returns the token that is kept for a binding; empty if there is none. */
    public Optional<String> kept(String binding) {
        return content(file(binding));
    }

    /** Returns where the token of a binding is kept, whether there is one or not. */
    public SecretRef place(String binding) {
        return new SecretRef(SecretRef.Kind.FILE, file(binding).toString());
    }

    /** Forgets the token that was kept for a binding, if there was one. */
    public void forget(String binding) {
        try {
            DurableFiles.delete(file(binding));
        } catch (IOException e) {
            throw new UnavailableException("the token cannot be removed: " + e.getMessage(), e);
        }
    }

    /**
     * Forgets the tokens that nobody has used for a while. Not at once: a binding's token is kept before the binding is saved, and a binding that was removed is
     * there again if that cannot be applied.
     *
     * @param used whether the token of a binding, in this file, is still used
     * @param now the present time
     */
    void sweep(BiPredicate<String, Path> used, Instant now) {
        for (var file : kept()) {
            var name = String.valueOf(file.getFileName());
            var binding = name.substring(0, name.length() - SUFFIX.length());
            if (used.test(binding, file)) {
                unused.remove(binding);
            } else if (!now.isBefore(unused.computeIfAbsent(binding, id -> now).plus(UNUSED))) {
                forget(binding);
                unused.remove(binding);
            }
        }
    }

    private List<Path> kept() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX)).toList();
        } catch (IOException e) {
            throw new UnavailableException("it cannot be told which tokens are kept: " + e.getMessage(), e);
        }
    }

    /** Returns whether there is something at a place. */
    public boolean known(SecretRef place) {
        return find(place).isPresent();
    }

    /**
     * Returns the token at a place.
     *
     * @throws InvalidInputException if there is none
     */
    String read(SecretRef place) {
        return find(place)
                .orElseThrow(() -> new InvalidInputException(
                        "there is no secret at " + place + " (expected: a token of Cloudflare)"));
    }

    private Optional<String> find(SecretRef place) {
        return switch (place.kind()) {
            case ENV -> Optional.ofNullable(System.getenv(place.name()));
            case FILE -> content(Path.of(place.name()));
            case VAULT -> Optional.empty();
        };
    }

    private static Optional<String> content(Path file) {
        try {
            return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
        } catch (IOException ignored) {
            // Not there, or not for us: there is none either way.
            return Optional.empty();
        }
    }

    private Path file(String binding) {
        return folder.resolve(BindingId.require(binding) + SUFFIX);
    }
}
