package dev.rookery.testing.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.ServerId;
import dev.rookery.api.console.Console;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleListener;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.Node;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.ProcessConfiguration;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.ServerSettings;
import dev.rookery.testing.panel.FakePanel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Two servers that have nothing to do with what happens to others: one prints without end and is listened to, the other is restarted now
 * and then, which its panel has to hear of. Thread-safe.
 */
final class Neighbour implements AutoCloseable {

    private static final Duration LATER = Duration.ofSeconds(60);
    /** Far more than a console needs, on a machine that is busy too. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

    private static final Duration SERVED_EVERY = Duration.ofSeconds(4);

    private static final String TICKS =
            "echo 'up'; i=0; while true; do i=$((i+1)); echo \"tick $i\"; usleep 50000; done";
    private static final String PATIENT = "echo up; while read -r line; do [ \"$line\" = stop ] && exit 0; done";

    private final Node node;
    private final FakePanel panel;
    private final ServerId ticking;
    private final ServerId restarted;
    private final Ticks ticks = new Ticks();
    private final Console console;
    private volatile long servedAt;

    Neighbour(Node node, FakePanel panel) {
        this.node = node;
        this.panel = panel;
        this.ticking = create(TICKS);
        this.restarted = create(PATIENT);
        this.servedAt = System.nanoTime() - SERVED_EVERY.toNanos();
        this.console = node.server(ticking).console(ConsoleOptions.after(0), ticks);
        await("the neighbour's console").atMost(LATER).until(() -> ticks.count() > 0);
    }

    ServerId id() {
        return ticking;
    }

    /** From now on it is looked whether it is disturbed. */
    void look() {
        ticks.look();
    }

    /** It has printed on all the time, and all was heard, in order and without a pause. */
    void assertUndisturbed() {
        int before = ticks.count();
        await("the neighbour's next line").atMost(LONGEST_SILENCE).until(() -> ticks.count() > before);
        ticks.assertWhole(LONGEST_SILENCE);
        assertThat(node.server(ticking).details().state()).isEqualTo(ServerState.RUNNING);
    }

    /** The same as {@link #assertServed}, if that was a while ago: each time takes a second. */
    void assertServedNowAndThen() {
        if (System.nanoTime() - servedAt > SERVED_EVERY.toNanos()) {
            assertServed();
        }
    }

    /** Wishes are granted, and the panel hears of it. */
    void assertServed() {
        int before = panel.states(restarted).size();
        node.server(restarted).power(PowerAction.RESTART);
        await("reports of the neighbour's restart")
                .atMost(LATER)
                .until(() -> panel.states(restarted).stream()
                        .skip(before)
                        .anyMatch(change -> change.newState().equals(ServerState.RUNNING)));
        servedAt = System.nanoTime();
    }

    @Override
    public void close() {
        console.close();
        node.server(ticking).delete();
        node.server(restarted).delete();
    }

    private ServerId create(String startup) {
        var id = ServerId.random();
        var usual = ContractServer.configuration(id, false);
        var settings = usual.settings();
        var process = new ProcessConfiguration(
                new ProcessConfiguration.Startup(List.of("up"), List.of(), false),
                new ProcessConfiguration.Stop(ProcessConfiguration.Stop.COMMAND, "stop"),
                List.of());
        var changed = ServerSettings.builder()
                .id(settings.id())
                .uuid(id)
                .meta(settings.meta())
                .suspended(false)
                .invocation(startup)
                .skipEggScripts(true)
                .build(settings.build())
                .container(settings.container())
                .allocations(settings.allocations())
                .egg(settings.egg())
                .build();
        panel.put(new ServerConfiguration(changed, process), new InstallScript(ContractServer.IMAGE, "sh", "true"));
        node.createServer(new CreateServer(id, true));
        await("neighbour")
                .atMost(LATER)
                .until(() -> node.server(id).details().state().equals(ServerState.RUNNING));
        return id;
    }

    /** Hears the lines, and when they came. */
    private static final class Ticks implements ConsoleListener {

        private final List<Long> numbers = new ArrayList<>();
        private final List<Long> nanos = new ArrayList<>();
        private final List<ConsoleEvent> losses = new ArrayList<>();

        @Override
        public synchronized void onEvent(ConsoleEvent event) {
            if (event instanceof ConsoleEvent.Gap) {
                losses.add(event);
            }
            if (event instanceof ConsoleEvent.Output output && output.line().startsWith("tick ")) {
                numbers.add(Long.parseLong(output.line().substring("tick ".length())));
                nanos.add(System.nanoTime());
            }
        }

        synchronized int count() {
            return numbers.size();
        }

        synchronized void look() {
            long last = numbers.get(numbers.size() - 1);
            numbers.clear();
            nanos.clear();
            numbers.add(last);
            nanos.add(System.nanoTime());
        }

        synchronized void assertWhole(Duration longest) {
            assertThat(losses).isEmpty();
            for (int i = 1; i < numbers.size(); i++) {
                assertThat(numbers.get(i)).isEqualTo(numbers.get(i - 1) + 1);
                assertThat(Duration.ofNanos(nanos.get(i) - nanos.get(i - 1)))
                        .as("silence before tick %d", numbers.get(i))
                        .isLessThan(longest);
            }
        }
    }
}
