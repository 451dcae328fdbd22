package io.orbitmq.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.benchmarks.wire.FrameTemplate;
import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Frames;
import io.orbitmq.protocol.frame.HeaderDecoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueueSendsTest {

    private final SendTemplates templates = new SendTemplates(new SystemClock());

    @Test
    void goesToEveryQueueOfEveryTopicOnceARoundAndInTheSameOrderAgain() {
        QueueSends sends = templates.forQueues(List.of("First", "Other"), 3, 16, 1);
        List<String> firstRound = targets(sends, 6);
        assertThat(firstRound)
                .containsExactlyInAnyOrder("First/0", "First/1", "First/2", "Other/0", "Other/1", "Other/2");
        assertThat(targets(sends, 6)).isEqualTo(firstRound);
    }

    @Test
    void refusesTopicsWhoseNamesDoNotFitIntoOneFrame() {
        assertThatThrownBy(() -> templates.forQueues(List.of("Nine", "Eleven"), 4, 16, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("equal length");
        assertThatThrownBy(() -> templates.forQueues(List.of("Nine"), 11, 16, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("11 queues");
    }

    private static List<String> targets(QueueSends sends, int count) {
        List<String> targets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            FrameTemplate frame = sends.get();
            ByteBuffer bytes = ByteBuffer.allocate(frame.sizeBytes());
            frame.write(bytes, FrameTemplate.FIRST_OPAQUE + i);
            Command command = decoded(bytes.flip());
            targets.add(command.fields().text("b") + "/" + command.fields().text("e"));
        }
        return targets;
    }

    private static Command decoded(ByteBuffer frame) {
        int length = frame.getInt();
        int headerWord = frame.getInt();
        Frames.checkHeaderWord(headerWord, length);
        byte[] header = new byte[Frames.headerLength(headerWord)];
        frame.get(header);
        return new HeaderDecoder().decode(headerWord, header, frame.slice());
    }
}
