package dev.rookery.proxy.engine;

import java.util.Optional;

/** What an nginx of a test needs. */
final class RunningNginx {

    private RunningNginx() {}

    /** Started by root, its workers would be somebody who may not look into a test's folder. */
    static Optional<String> user() {
        return "root".equals(System.getProperty("user.name")) ? Optional.of("root") : Optional.empty();
    }
}
