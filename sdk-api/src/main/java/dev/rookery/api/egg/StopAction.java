package dev.rookery.api.egg;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.panel.ProcessConfiguration;
import java.util.List;
import java.util.Locale;

/** How to end a server's process. Source: eggs §4.5, panel remote API §6. */
public sealed interface StopAction {

    /**
     * Returns the action that an egg's {@code config.stop} stands for: a leading caret means a signal ({@code ^C} is SIGINT,
     * {@code ^^C} SIGKILL, {@code ^SIGTERM} that one, any other caret form SIGKILL), a blank text means {@link Native}, and anything
     * else is typed into the console.
     */
    static StopAction parse(String text) {
        if (text.isBlank()) {
            return new Native();
        }
        return text.startsWith("^") ? Signal.lenient(text.substring(1)) : new Command(text);
    }

    /**
     * Returns the action that a panel asks for. An unknown type is {@link Native}, an unknown signal SIGKILL: what the Go daemons do.
     */
    static StopAction of(ProcessConfiguration.Stop stop) {
        return switch (stop.type()) {
            case ProcessConfiguration.Stop.COMMAND -> stop.value().isBlank() ? new Native() : new Command(stop.value());
            case ProcessConfiguration.Stop.SIGNAL -> Signal.lenient(stop.value());
            default -> new Native();
        };
    }

    /** Returns the form in which a panel tells a node. */
    ProcessConfiguration.Stop toWire();

    /**
     * Types a command into the console.
     *
     * @param text the command, without line end
     */
    record Command(String text) implements StopAction {

        /** Checks that there is something to type. */
        public Command {
            if (text.isBlank()) {
                throw new InvalidInputException("stop command: '" + text + "' (expected: not blank)");
            }
        }

        @Override
        public ProcessConfiguration.Stop toWire() {
            return new ProcessConfiguration.Stop(ProcessConfiguration.Stop.COMMAND, text);
        }
    }

    /**
     * Sends a signal.
     *
     * @param name one of {@link #NAMES}. Go daemons know SIGINT, SIGTERM and SIGABRT, and send SIGKILL for any other
     */
    record Signal(String name) implements StopAction {

        /** Ends the process without giving it a chance to save. */
        public static final Signal KILL = new Signal("SIGKILL");
        /** What Ctrl+C sends. */
        public static final Signal INTERRUPT = new Signal("SIGINT");

        /** Every name that this understands. */
        public static final List<String> NAMES = List.of(
                "SIGINT", "SIGTERM", "SIGABRT", "SIGKILL", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGWINCH");

        /** Checks its argument. */
        public Signal {
            requireNonNull(name, "name");
            // The constants above are made before the list exists, so the list is not asked for them.
            if (!name.equals("SIGKILL") && !name.equals("SIGINT") && !NAMES.contains(name)) {
                throw new InvalidInputException("signal: '" + name + "' (expected: one of " + NAMES + ")");
            }
        }

        /** Returns whether {@link StopAction#parse} and {@link StopAction#of} understand {@code text} as it is written. */
        public static boolean known(String text) {
            var name = text.toUpperCase(Locale.ROOT);
            return name.equals("C") || name.equals("^C") || NAMES.contains(name) || NAMES.contains("SIG" + name);
        }

        private static Signal lenient(String text) {
            var name = text.toUpperCase(Locale.ROOT);
            if (name.equals("C")) {
                return INTERRUPT;
            }
            if (NAMES.contains(name)) {
                return new Signal(name);
            }
            return NAMES.contains("SIG" + name) ? new Signal("SIG" + name) : KILL;
        }

        /** Returns the full name: Pterodactyl's daemon does not know {@code C}, both know {@code SIGINT}. */
        @Override
        public ProcessConfiguration.Stop toWire() {
            return new ProcessConfiguration.Stop(ProcessConfiguration.Stop.SIGNAL, name);
        }
    }

    /** Leaves it to the container engine, which sends the signal that the image names, SIGTERM by default. */
    record Native() implements StopAction {

        @Override
        public ProcessConfiguration.Stop toWire() {
            return new ProcessConfiguration.Stop(ProcessConfiguration.Stop.NATIVE, "");
        }
    }
}
