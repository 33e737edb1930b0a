package dev.rookery.examples.panel.cli;

import dev.rookery.examples.panel.PanelApplication;
import java.net.URI;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of every command: where the panel's data are, and its URL. */
final class DataOptions {

    @Option(names = "--data", required = true, description = "the directory of everything the panel keeps")
    Path data = Path.of(".");

    @Option(
            names = "--url",
            description = "where browsers and nodes reach the panel (default: ${DEFAULT-VALUE})",
            defaultValue = "http://127.0.0.1:8100")
    URI url = URI.create("http://127.0.0.1:8100");

    /** Created by picocli. */
    DataOptions() {}

    /** Opens the panel's data. */
    PanelApplication open() {
        return new PanelApplication(data, url);
    }
}
