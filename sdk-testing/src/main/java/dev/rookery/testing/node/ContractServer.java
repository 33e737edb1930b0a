package dev.rookery.testing.node;

import dev.rookery.api.ServerId;
import dev.rookery.api.panel.Allocations;
import dev.rookery.api.panel.Build;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.ProcessConfiguration;
import dev.rookery.api.panel.ProcessConfiguration.Startup;
import dev.rookery.api.panel.ProcessConfiguration.Stop;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.ServerSettings;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The server that {@link NodeContract} installs: a shell loop that says {@value #READY}, answers each line with
 * {@value #ANSWER} and the line, and ends on {@value #STOP}.
 */
public final class ContractServer {

    /**
     * The image: a shell, and an entry point that runs {@code $STARTUP}. Built by the project's own scripts. Without a sign for "never
     * pull", which the Go daemons know with the server's image only, and Calagopus' daemon not at all; all use what they have when no
     * registry gives it.
     */
    public static final String IMAGE = "rookery/test:1";
    /** What the server says when it is up. */
    public static final String READY = "contract server is ready";
    /** What stands before an echoed line. */
    public static final String ANSWER = "answer: ";
    /** The command that ends it. */
    public static final String STOP = "stop";
    /** The command after which it prints 1000 lines. */
    public static final String FLOOD = "flood";
    /** The line that its install script prints. */
    public static final String INSTALLED = "contract server is installed";

    /** The file that its egg denies. */
    public static final String DENIED = "denied.txt";

    /** The egg it is of. Calagopus' daemon takes no server whose egg has no id in this form. */
    private static final String EGG = "3f0a2a52-5d3f-4c0e-9a5c-5b1de0f5f0a1";
    /** The line that its endless install script prints. */
    public static final String INSTALLING = "contract server is being installed";

    private static final String SCRIPT = """
            #!/bin/sh
            cat > /mnt/server/run.sh <<'END'
            stty -echo 2>/dev/null
            echo "contract server is ready"
            while read -r line; do
              case "$line" in
                stop) echo "contract server says goodbye"; exit 0;;
                flood) i=1; while [ $i -le 1000 ]; do echo "flood $i"; i=$((i+1)); done;;
                *) echo "answer: $line";;
              esac
            done
            END
            echo "contract server is installed"
            """;

    private ContractServer() {}

    /** Returns how to run a contract server. */
    public static ServerConfiguration configuration(ServerId id, boolean suspended) {
        var settings = ServerSettings.builder()
                .id(OptionalInt.of(1))
                .uuid(id)
                .meta(new ServerSettings.Meta("contract", ""))
                .suspended(suspended)
                .environment(Map.of("GREETING", "hello"))
                .invocation("sh /home/container/run.sh")
                .skipEggScripts(false)
                .build(Build.builder().memoryMebibytes(128).diskMebibytes(512).build())
                .container(new ServerSettings.Container(IMAGE))
                .allocations(Allocations.none())
                .egg(new ServerSettings.EggReference(EGG, List.of(DENIED), Map.of()))
                .build();
        return new ServerConfiguration(
                settings,
                new ProcessConfiguration(
                        new Startup(List.of(READY), List.of(), false), new Stop(Stop.COMMAND, STOP), List.of()));
    }

    /** Returns how to install a contract server. */
    public static InstallScript install() {
        return new InstallScript(IMAGE, "sh", SCRIPT);
    }

    /** Returns an install script that says that it has begun, and does not end by itself. */
    public static InstallScript endlessInstall() {
        return new InstallScript(IMAGE, "sh", "echo '" + INSTALLING + "'\nwhile true; do sleep 1; done\n");
    }

    /** Returns an install script that fails. */
    public static InstallScript failingInstall() {
        return new InstallScript(IMAGE, "sh", "echo 'this will not work'\nexit 3\n");
    }
}
