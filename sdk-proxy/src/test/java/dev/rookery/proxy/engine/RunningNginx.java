package dev.rookery.proxy.engine;

import dev.rookery.proxy.apply.Candidate;
import dev.rookery.proxy.apply.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What an nginx of a test needs. */
final class RunningNginx {

    private RunningNginx() {}

    /** Ends what an engine started in a directory. */
    static void end(NginxEngine engine, Path directory) throws Exception {
        var pid = directory.resolve("nginx.pid");
        var program = Files.exists(pid)
                ? ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                : Optional.<ProcessHandle>empty();
        engine.restore(new Running("", new Candidate(0, Map.of())));
        if (program.isPresent()) {
            // Until its end it writes to the folder.
            program.get().onExit().get(20, TimeUnit.SECONDS);
        }
    }

    /** Started by root, its workers would be somebody who may not look into a test's folder. */
    static Optional<String> user() {
        return "root".equals(System.getProperty("user.name")) ? Optional.of("root") : Optional.empty();
    }
}
