package dev.rookery.examples.panel.cli;

import dev.rookery.examples.panel.PanelApplication;
import java.net.URI;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option of every command: where the panel's data are. */
final class DataOptions {

    private static final URI NOWHERE = URI.create("http://127.0.0.1");

    @Option(names = "--data", required = true, description = "the directory of everything the panel keeps")
    Path data = Path.of(".");

    /** Created by picocli. */
    DataOptions() {}

    /** Opens the panel's data, for a command that calls no node and is called by none. */
    PanelApplication open() {
        return open(NOWHERE);
    }

    /** Opens the panel's data for a panel that is reached at {@code url}. */
    PanelApplication open(URI url) {
        return new PanelApplication(data, url);
    }
}
