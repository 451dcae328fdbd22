package io.orbitmq.broker.delay;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.testkit.Dice;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TimerWindowTest {

    @Test
    void takesOnlyWhatIsDueWithinItsCover() {
        TimerWindow window = new TimerWindow(10);
        assertThat(window.offer(5, 0, 0)).isFalse();
        window.cover(100);
        assertThat(window.offer(100, 1, 10)).isTrue();
        assertThat(window.offer(101, 2, 20)).isFalse();
        window.takeIn();
        assertThat(drained(window)).containsExactly(100L);
    }

    @Test
    void keepsTheEarlierHalfWhenThereAreTooMany() {
        TimerWindow window = new TimerWindow(4);
        window.cover(1000);
        for (int i = 0; i < 8; i++) {
            window.load(100 - i, i, i);
        }
        assertThat(window.coverDueMs()).isEqualTo(96);
        assertThat(window.coverOffset()).isEqualTo(4);
        assertThat(window.covers(96, 4)).isTrue();
        assertThat(window.covers(96, 5)).isFalse();
        assertThat(drained(window)).containsExactly(93L, 94L, 95L, 96L);
    }

    @Test
    void dropsOfferedMessagesThatACutPutBehindTheCover() {
        TimerWindow window = new TimerWindow(2);
        window.cover(1000);
        window.offer(900, 50, 0);
        for (int i = 0; i < 4; i++) {
            window.load(10 + i, i, i);
        }
        window.takeIn();
        assertThat(drained(window)).containsExactly(10L, 11L);
    }

    @Test
    void asksToBeginAnewWhenItsInboxIsFull() {
        TimerWindow window = new TimerWindow(2);
        window.cover(1000);
        for (int i = 0; i < 4; i++) {
            assertThat(window.offer(i, i, i)).isTrue();
        }
        assertThat(window.hasOverflowed()).isFalse();
        assertThat(window.offer(9, 9, 9)).isTrue();
        assertThat(window.hasOverflowed()).isTrue();
        window.restart();
        assertThat(window.hasOverflowed()).isFalse();
        assertThat(window.offer(Long.MAX_VALUE, 1, 1)).isTrue();
    }

    @Test
    void ordersByTimeThenByPlace() {
        for (long seed = 0; seed < 50; seed++) {
            Random chance = Dice.of(seed);
            DueHeap heap = new DueHeap();
            List<long[]> model = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                long due = chance.nextInt(40);
                heap.add(due, i, i + 7);
                model.add(new long[] {due, i});
            }
            model.sort((a, b) -> a[0] != b[0] ? Long.compare(a[0], b[0]) : Long.compare(a[1], b[1]));
            for (long[] expected : model) {
                assertThat(heap.dueMs()).isEqualTo(expected[0]);
                assertThat(heap.offset()).isEqualTo(expected[1]);
                assertThat(heap.position()).isEqualTo(expected[1] + 7);
                heap.removeFirst();
            }
            assertThat(heap.isEmpty()).isTrue();
        }
    }

    private static List<Long> drained(TimerWindow window) {
        List<Long> due = new ArrayList<>();
        for (DueHeap heap = window.heap(); !heap.isEmpty(); heap.removeFirst()) {
            due.add(heap.dueMs());
        }
        return due;
    }
}
