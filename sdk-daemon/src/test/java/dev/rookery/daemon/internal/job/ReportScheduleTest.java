package dev.rookery.daemon.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.ServerId;
import dev.rookery.daemon.internal.store.DaemonStore.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportScheduleTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final ReportSchedule schedule = new ReportSchedule();

    @Test
    void sendsOneReportOfAServerAtATime() {
        var first = report(1);
        var second = new Waiting(2, first.server());
        assertThat(schedule.begin(List.of(first), 0)).containsExactly(first);
        assertThat(schedule.begin(List.of(first), SECOND)).isEmpty();
        schedule.taken(first, SECOND);
        assertThat(schedule.begin(List.of(second), SECOND)).containsExactly(second);
    }

    @Test
    void reportsThatHangDoNotHoldUpThoseThatNeverFailed() {
        var hanging = reports(1, 50);
        for (int round = 0; round < 20; round++) {
            long now = round * 100L * SECOND;
            var begun = schedule.begin(hanging, now);
            begun.forEach(report -> schedule.failed(report, now + SECOND));
        }
        long now = 10_000 * SECOND;
        assertThat(schedule.begin(hanging, now)).hasSize(ReportSchedule.LANE);
        var fresh = reports(100, 2);
        var all = new ArrayList<>(hanging);
        all.addAll(fresh);
        assertThat(schedule.begin(all, now)).containsExactlyElementsOf(fresh);
    }

    @Test
    void whatHangsTheFirstTimeGivesItsPlaceToOthersButNotWithoutEnd() {
        var all = reports(1, 100);
        assertThat(schedule.begin(all, 0)).hasSize(ReportSchedule.LANE);
        assertThat(schedule.begin(all, SECOND)).isEmpty();
        assertThat(schedule.pause(Duration.ofHours(1), SECOND)).isEqualTo(Duration.ofSeconds(1));
        assertThat(schedule.begin(all, 2 * SECOND)).hasSize(ReportSchedule.LANE);
        int begun = 2 * ReportSchedule.LANE;
        for (long now = 4 * SECOND; now <= 40 * SECOND; now += 2 * SECOND) {
            begun += schedule.begin(all, now).size();
        }
        assertThat(begun).isEqualTo(ReportSchedule.MOST);
        schedule.taken(all.get(0), 41 * SECOND);
        assertThat(schedule.begin(all.subList(1, 100), 41 * SECOND)).hasSize(1);
    }

    @Test
    void waitsLongerWithEachFailureButNotForEver() {
        var report = report(1);
        long now = 0;
        for (int failures = 1; failures <= 30; failures++) {
            assertThat(schedule.begin(List.of(report), now)).hasSize(1);
            assertThat(schedule.failed(report, now)).isEqualTo(failures);
            var pause = schedule.pause(Duration.ofHours(1), now);
            assertThat(pause).isBetween(Duration.ofMillis(250), Duration.ofSeconds(90));
            assertThat(schedule.begin(List.of(report), now + pause.toNanos() - 1))
                    .isEmpty();
            now += pause.toNanos();
        }
    }

    @Test
    void aDayWithoutThePanelCostsFewTriesAndEverythingGoesOnceItIsBack() {
        var waiting = new ArrayList<>(reports(1, 60));
        var tries = new HashMap<Waiting, Integer>();
        long now = Long.MAX_VALUE - 3600 * SECOND; // The clock may even overflow.
        long end = now + Duration.ofHours(24).toNanos();
        while (now - end < 0) {
            for (var report : schedule.begin(waiting, now)) {
                tries.merge(report, 1, Integer::sum);
                schedule.failed(report, now);
            }
            now += Math.max(
                    15 * SECOND, schedule.pause(Duration.ofSeconds(60), now).toNanos());
        }
        assertThat(tries.values()).hasSize(60).allMatch(count -> count >= 100 && count < 3000);
        long back = now;
        while (!waiting.isEmpty()) {
            var begun = schedule.begin(waiting, now);
            for (var report : begun) {
                schedule.taken(report, now);
                waiting.remove(report);
            }
            now += begun.isEmpty() ? SECOND / 10 : 0;
        }
        assertThat(now - back).isLessThan(100 * SECOND);
    }

    private static Waiting report(long id) {
        return new Waiting(id, ServerId.random());
    }

    private static List<Waiting> reports(long first, int count) {
        return IntStream.range(0, count).mapToObj(i -> report(first + i)).toList();
    }
}
