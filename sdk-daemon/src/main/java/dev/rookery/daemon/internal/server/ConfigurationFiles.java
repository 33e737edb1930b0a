package dev.rookery.daemon.internal.server;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.configfile.ConfigEdit;
import dev.rookery.api.configfile.ConfigFileEditor;
import dev.rookery.api.configfile.ConfigFileException;
import dev.rookery.api.configfile.ConfigParser;
import dev.rookery.api.egg.Placeholders;
import dev.rookery.api.panel.ProcessConfiguration.ConfigFile;
import dev.rookery.daemon.internal.file.NoDiskSpaceException;
import dev.rookery.daemon.internal.file.OwnFiles;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets in a server's files what its egg asks for. What cannot be done is said, and keeps nobody from starting: the file stays as it is.
 * Source: daemon behaviour §4.3, §7.
 */
final class ConfigurationFiles {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationFiles.class);
    private static final int LINES_SAID = 20;
    /** Ends a line, moves a cursor, or turns the direction of text. */
    private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private final OwnFiles files;
    private final Map<String, String> variables;
    private final Supplier<Placeholders> ofNode;
    private final Consumer<String> console;
    private @Nullable Placeholders placeholders;
    private int said;

    /**
     * Creates it.
     *
     * @param variables what names of files may hold
     * @param ofNode what this node resolves; asked for when a value may hold a placeholder
     * @param console hears what could not be done
     */
    ConfigurationFiles(
            OwnFiles files, Map<String, String> variables, Supplier<Placeholders> ofNode, Consumer<String> console) {
        this.files = files;
        this.variables = variables;
        this.ofNode = ofNode;
        this.console = console;
    }

    /** Edits the files one after another. */
    void edit(List<ConfigFile> configs, CancelSignal cancel) {
        for (var config : configs) {
            if (cancel.cancelled()) {
                return;
            }
            var path = Placeholders.resolveNames(config.file(), variables);
            try {
                edit(path, config, cancel);
            } catch (ConfigFileException | InvalidInputException e) {
                say(path + " cannot be edited, it stays as it is: " + e.getMessage());
            } catch (NoDiskSpaceException e) {
                say(path + " cannot be edited, it stays as it is: there is not enough disk space");
            } catch (IOException e) {
                LOG.warn("{} cannot be edited: {}", path, e.toString());
                say(path + " cannot be edited, it stays as it is: it cannot be read or written");
            } catch (RuntimeException | StackOverflowError e) {
                if (cancel.cancelled()) {
                    return;
                }
                // Whatever an editor stumbles over in a stranger's file, the server starts.
                LOG.error("{} cannot be edited", path, e);
                say(path + " cannot be edited, it stays as it is: an error inside the node, whose log has more");
            }
        }
        if (said > LINES_SAID) {
            console.accept((said - LINES_SAID) + " more values could not be set in configuration files.");
        }
    }

    private void edit(String path, ConfigFile config, CancelSignal cancel) throws IOException {
        var parser = ConfigParser.get(config.parser());
        var editor = ConfigFileEditor.of(parser);
        var present = files.read(path, editor.options().maxBytes());
        if (present.isEmpty() && !mayCreate(config)) {
            return;
        }
        var edits = config.replace().stream()
                .map(ConfigEdit::of)
                .map(edit -> parser == ConfigParser.FILE ? edit : resolved(edit))
                .toList();
        var edited = editor.edit(present.orElseGet(() -> new byte[0]), edits, cancel);
        edited.refusals()
                .forEach(outcome -> say(path + ": '" + outcome.edit().match() + "' is not set: "
                        + outcome.reason().orElse("")));
        if (edited.changed()) {
            files.write(path, edited.content());
        }
    }

    /** The parser {@code file} looks for no placeholders in any daemon. */
    private ConfigEdit resolved(ConfigEdit edit) {
        if (!mayHoldPlaceholder(edit.replacement())) {
            return edit;
        }
        if (placeholders == null) {
            placeholders = ofNode.get();
        }
        return new ConfigEdit(
                edit.match(),
                edit.ifValue(),
                placeholders.resolve(edit.replacement(), unknown -> {}),
                edit.insertNew(),
                edit.updateExisting());
    }

    private static boolean mayHoldPlaceholder(Json value) {
        return value instanceof Json.Text text
                ? text.value().contains("{{")
                : value instanceof Json.Array || value instanceof Json.Obj;
    }

    private static boolean mayCreate(ConfigFile config) {
        boolean refused = config.further().get("create_new") instanceof Json.Bool created && !created.value();
        return config.createFile().orElse(!refused);
    }

    private void say(String line) {
        if (++said <= LINES_SAID) {
            // Names of files and what is looked for in them hold variables of users: none may look like a line of the
            // node.
            console.accept(UNFIT.matcher(line).replaceAll("?"));
        }
    }
}
