package dev.rookery.api.configfile;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.Incubating;
import dev.rookery.api.UnavailableException;
import java.util.Arrays;
import java.util.List;

/**
 * Sets values in configuration files of one kind, in place.
 *
 * <pre>{@code
 * var edited = ConfigFileEditor.of(ConfigParser.PROPERTIES)
 *         .edit(Files.readAllBytes(file), List.of(ConfigEdit.of("server-port", "25565")));
 * }</pre>
 *
 * <p>Edits are done in their order; one that cannot be done is reported and the others are done. A file that is broken is refused as a whole.
 * What is changed is read once more, and refused if it says anything but what was asked for. An empty file gets what it has to hold.
 *
 * <p>Editing the edited file again changes nothing, unless a replacement contains what it replaces itself.
 *
 * <p>Immutable, thread-safe.
 */
@Incubating
public final class ConfigFileEditor {

    private final ConfigParser parser;
    private final FileFormat format;
    private final ConfigFileOptions options;

    private ConfigFileEditor(ConfigParser parser, FileFormat format, ConfigFileOptions options) {
        this.parser = parser;
        this.format = format;
        this.options = options;
    }

    /** Returns the editor of a kind of file with the default bounds. */
    public static ConfigFileEditor of(ConfigParser parser) {
        return of(parser, ConfigFileOptions.defaults());
    }

    /** Returns the editor of a kind of file with bounds. */
    public static ConfigFileEditor of(ConfigParser parser, ConfigFileOptions options) {
        FileFormat format = switch (parser) {
            case FILE -> new LineFormat();
            case PROPERTIES -> new PropertiesFormat();
            case INI -> new IniFormat();
            case JSON -> new TreeFormat(JsonDocument::parse);
            case YAML -> new TreeFormat(YamlDocument::parse);
            case TOML -> new TreeFormat(TomlDocument::parse);
            case XML -> new XmlFormat();
        };
        return new ConfigFileEditor(parser, format, options);
    }

    /** Returns the kind of file. */
    public ConfigParser parser() {
        return parser;
    }

    /** Returns the bounds. */
    public ConfigFileOptions options() {
        return options;
    }

    /**
     * Returns a file after its edits.
     *
     * @param content the whole file; empty for one that is new
     * @throws ConfigFileException if the file is broken or too large; it has not been changed then
     */
    public EditedFile edit(byte[] content, List<ConfigEdit> edits) {
        return edit(content, edits, CancelSignal.create());
    }

    /**
     * Returns a file after its edits, unless it takes too long for whoever waits: each change reads the whole file once more.
     *
     * @param content the whole file; empty for one that is new
     * @param cancel looked at before each edit
     * @throws ConfigFileException if the file is broken or too large; it has not been changed then
     * @throws UnavailableException if it was cancelled
     */
    public EditedFile edit(byte[] content, List<ConfigEdit> edits, CancelSignal cancel) {
        requireSize(content.length);
        var source = SourceText.of(content);
        var result = format.edit(source.text(), edits, options, cancel);
        if (result.text().equals(source.text())) {
            return new EditedFile(content.clone(), false, result.outcomes());
        }
        requireSize(result.text().length());
        var changed = source.encode(result.text());
        requireSize(changed.length);
        return new EditedFile(changed, !Arrays.equals(content, changed), result.outcomes());
    }

    private void requireSize(int bytes) {
        if (bytes > options.maxBytes()) {
            throw new ConfigFileException(
                    "a file of " + bytes + " bytes (expected: at most " + options.maxBytes() + " bytes)");
        }
    }
}
