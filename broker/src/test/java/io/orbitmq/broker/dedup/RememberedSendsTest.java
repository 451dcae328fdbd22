package io.orbitmq.broker.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RememberedSendsTest {

    private record Send(long hash, int group, long position, long timeMs) {}

    @Test
    void behavesLikeAListThatForgetsItsOldest() {
        Random random = new Random(7);
        RememberedSends sends = new RememberedSends(256);
        List<Send> model = new ArrayList<>();
        long nowMs = 1000;
        for (int step = 0; step < 20_000; step++) {
            nowMs += random.nextInt(3);
            long hash = (long) random.nextInt(50) << 32;
            int group = random.nextInt(3);
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> {
                    sends.add(hash, group, step, nowMs);
                    model.add(new Send(hash, group, step, nowMs));
                    if (model.size() > 256) {
                        model.remove(0);
                    }
                }
                case 3 -> {
                    long expected = newest(model, hash, group);
                    long[] found = sends.find(hash, group, 1);
                    assertThat(found).isEqualTo(expected < 0 ? new long[0] : new long[] {expected});
                    if (expected >= 0) {
                        assertThat(sends.mayHold(hash)).isTrue();
                    }
                }
                case 4 -> {
                    if (!model.isEmpty() && model.size() < 200) {
                        Send removed = model.remove(random.nextInt(model.size()));
                        assertThat(sends.remove(removed.hash, removed.position)).isTrue();
                        assertThat(sends.remove(removed.hash, removed.position)).isFalse();
                    }
                }
                default -> {
                    long from = nowMs - 400;
                    sends.expire(from);
                    model.removeIf(send -> send.timeMs < from);
                }
            }
            // a removed send keeps its slot, so a full table may have forgotten one that the model still knows
            assertThat(sends.size()).isBetween(0, model.size());
            while (model.size() > sends.size()) {
                model.remove(0);
            }
        }
    }

    private static long newest(List<Send> model, long hash, int group) {
        for (int i = model.size() - 1; i >= 0; i--) {
            Send send = model.get(i);
            if (send.hash == hash && (group == 0 || send.group == 0 || send.group == group)) {
                return send.position;
            }
        }
        return -1;
    }

    @Test
    void rememberingTwiceIsRememberingOnce() {
        RememberedSends sends = new RememberedSends(64);
        sends.add(5, 1, 100, 1);
        sends.add(5, 1, 100, 2);
        assertThat(sends.size()).isEqualTo(1);
        assertThat(sends.remove(5, 100)).isTrue();
        assertThat(sends.isEmpty()).isTrue();
    }

    @Test
    void countsWhatItForgetsBeforeItsTime() {
        RememberedSends sends = new RememberedSends(64);
        for (int i = 0; i < 100; i++) {
            sends.add(i, 1, i, i);
        }
        assertThat(sends.size()).isEqualTo(64);
        assertThat(sends.forgotten()).isEqualTo(36);
        assertThat(sends.find(35, 1, 1)).isEmpty();
        assertThat(sends.find(36, 1, 1)).containsExactly(36);
    }
}
