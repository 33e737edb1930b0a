package dev.rookery.examples.panel.http;

import dev.rookery.proxy.EngineFeatures;
import java.util.Locale;

/** The program that passes requests on, as the UI sees it. */
record EngineView(String kind, String version, String title) {

    static EngineView of(EngineFeatures features) {
        return new EngineView(features.kind().name().toLowerCase(Locale.ROOT), features.version(), features.title());
    }
}
