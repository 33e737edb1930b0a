package dev.rookery.api.egg;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import dev.rookery.api.InvalidInputException;
import java.nio.charset.StandardCharsets;

/**
 * Writes eggs.
 *
 * <pre>{@code
 * var conversion = EggConversion.of(egg, EggFormat.PLCN_V3);
 * conversion.changes().forEach(change -> log.info("{}: {}", change.path(), change.message()));
 * byte[] file = EggWriter.write(conversion.egg(), EggSyntax.YAML);
 * }</pre>
 *
 * <p>Whatever {@link EggReader} read comes back: reading what was written gives an equal egg, in either syntax. What a format has no
 * place for is written in the form that another format has, as panels do themselves; {@link EggConversion} takes out what the readers
 * of a format could not bear, and says so. Comments and the layout of a file are not part of an egg.
 */
@Incubating
public final class EggWriter {

    private EggWriter() {}

    /** Writes an egg in its own format, as JSON. */
    public static byte[] write(Egg egg) {
        return write(egg, EggSyntax.JSON);
    }

    /**
     * Writes an egg in its own format.
     *
     * @param syntax one of the format's {@linkplain EggFormat#syntaxes() syntaxes}
     * @throws InvalidInputException if no panel reads the format in this syntax
     */
    public static byte[] write(Egg egg, EggSyntax syntax) {
        requireNonNull(syntax, "syntax");
        if (!egg.format().syntaxes().contains(syntax)) {
            throw new InvalidInputException("syntax: " + syntax + " (expected: one of "
                    + egg.format().syntaxes() + " for " + egg.format().version() + ")");
        }
        var document = new EggForm(egg, syntax).document();
        var text = syntax == EggSyntax.JSON ? JsonText.write(document) + "\n" : YamlText.write(document);
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
