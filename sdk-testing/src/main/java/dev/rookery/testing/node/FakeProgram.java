package dev.rookery.testing.node;

import dev.rookery.api.panel.InstallScript;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** What the servers of a {@link FakeNode} do. Of one server, called by one thread at a time. */
public interface FakeProgram {

    /**
     * Installs. Is interrupted if the installation is ended.
     *
     * @param script what the panel handed out
     * @param out takes the lines of the installation
     * @return the exit code
     */
    int install(InstallScript script, Consumer<String> out);

    /**
     * Returns the files that an installation leaves, by their paths; none by default.
     *
     * @param script what the panel handed out
     */
    default Map<String, String> leaves(InstallScript script) {
        return Map.of();
    }

    /**
     * Starts: prints what it prints at the start, the "done" line included.
     *
     * @param out takes the lines
     */
    void start(Consumer<String> out);

    /**
     * Reads a line.
     *
     * @param line what was typed
     * @param out takes the lines
     * @return whether it goes on running
     */
    boolean input(String line, Consumer<String> out);

    /** Returns the program that {@link ContractServer} describes as a shell script. */
    static FakeProgram contract() {
        return new FakeProgram() {
            @Override
            public int install(InstallScript script, Consumer<String> out) {
                if (script.script().contains("exit 3")) {
                    return 3;
                }
                if (script.script().contains("while true")) {
                    return endless(out);
                }
                out.accept(ContractServer.INSTALLED);
                return 0;
            }

            @Override
            public Map<String, String> leaves(InstallScript script) {
                return Map.of("run.sh", script.script());
            }

            private int endless(Consumer<String> out) {
                out.accept(ContractServer.INSTALLING);
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return 1;
            }

            @Override
            public void start(Consumer<String> out) {
                out.accept(ContractServer.READY);
            }

            @Override
            public boolean input(String line, Consumer<String> out) {
                if (line.equals(ContractServer.STOP)) {
                    out.accept("contract server says goodbye");
                    return false;
                }
                if (line.equals(ContractServer.FLOOD)) {
                    for (int i = 1; i <= 1000; i++) {
                        out.accept("flood " + i);
                    }
                } else {
                    out.accept(ContractServer.ANSWER + line);
                }
                return true;
            }
        };
    }
}
