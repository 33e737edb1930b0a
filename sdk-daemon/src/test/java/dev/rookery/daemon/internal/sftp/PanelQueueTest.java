package dev.rookery.daemon.internal.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class PanelQueueTest {

    private final Deque<Runnable> running = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    private PanelQueue queue(int atOnce, int ofOne, int waiting, int waitingOfOne) {
        return new PanelQueue(running::addLast, new PanelQueue.Bounds(atOnce, ofOne, waiting, waitingOfOne));
    }

    private PanelQueue.Task task(String name) {
        return new PanelQueue.Task() {
            @Override
            public void ask() {
                asked.add(name);
            }

            @Override
            public void refuse() {
                refused.add(name);
            }
        };
    }

    private void answerAll() {
        while (!running.isEmpty()) {
            running.removeFirst().run();
        }
    }

    @Test
    void whoAsksMuchWaitsForHimself() {
        var queue = queue(2, 2, 100, 100);
        for (int i = 0; i < 5; i++) {
            queue.add("loud", task("loud " + i));
        }
        queue.add("quiet", task("quiet"));
        assertThat(running).hasSize(2);
        answerAll();
        assertThat(asked).hasSize(6);
        assertThat(asked.indexOf("quiet")).isLessThan(4);
        assertThat(refused).isEmpty();
    }

    @Test
    void oneHasNotAllPlaces() {
        var queue = queue(3, 1, 100, 100);
        queue.add("a", task("a1"));
        queue.add("a", task("a2"));
        queue.add("b", task("b1"));
        assertThat(running).hasSize(2);
        answerAll();
        assertThat(asked).containsExactly("a1", "b1", "a2");
    }

    @Test
    void refusesTheLastOfWhoHasTooManyInLine() {
        var queue = queue(1, 1, 100, 2);
        for (int i = 0; i < 4; i++) {
            queue.add("a", task("a" + i));
        }
        assertThat(refused).containsExactly("a3");
        answerAll();
        assertThat(asked).containsExactly("a0", "a1", "a2");
    }

    @Test
    void whereTooManyWaitTheLongestLineLosesItsLast() {
        var queue = queue(1, 1, 4, 10);
        queue.add("now", task("now"));
        for (int i = 0; i < 4; i++) {
            queue.add("loud", task("loud " + i));
        }
        queue.add("quiet", task("quiet"));
        assertThat(refused).containsExactly("loud 3");
        answerAll();
        assertThat(asked).contains("quiet");
    }

    @Test
    void aTaskThatFailsGivesItsPlaceBack() {
        var queue = queue(1, 1, 10, 10);
        queue.add("a", new PanelQueue.Task() {
            @Override
            public void ask() {
                throw new IllegalStateException("on purpose");
            }

            @Override
            public void refuse() {
                refused.add("never");
            }
        });
        queue.add("a", task("after"));
        try {
            running.removeFirst().run();
        } catch (IllegalStateException ignored) {
            // As the thread's.
        }
        answerAll();
        assertThat(asked).containsExactly("after");
    }

    @Test
    void refusesWhenTheNodeIsClosing() {
        var queue = new PanelQueue(
                command -> {
                    throw new RejectedExecutionException("closing");
                },
                new PanelQueue.Bounds(1, 1, 10, 10));
        queue.add("a", task("a"));
        queue.add("a", task("b"));
        assertThat(refused).containsExactly("a", "b");
    }
}
