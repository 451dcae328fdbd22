package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.orbitmq.foundation.schedule.RecurringFailure;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the log says of work that fails while the disk is full. */
final class RecurringFailureTest {

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private Logger log = (Logger) LoggerFactory.getLogger("recurring-failure-test");

    @AfterEach
    void listenNoMore() {
        log.detachAppender(lines);
        log.setAdditive(true);
        log.setLevel(null);
    }

    @Test
    void checkpointsOnAFullDiskAreToldOnceThenNowAndThenAndWhenTheyWorkAgain() throws IOException {
        listenTo((Logger) LoggerFactory.getLogger(StoreUpkeep.class));
        SimulatedDisk disk = new SimulatedDisk(5);
        SimulatedStore store = new SimulatedStore(disk, FlushMode.SYNC_FLUSH, 1 << 14);
        store.open();
        store.advance(Duration.ofSeconds(1));
        disk.setCapacity(disk.usedBytes());
        store.parts().appender.append(store.queue("T", 0), Drafts.text("fits where room was taken before"));

        store.advance(Duration.ofMinutes(11));
        disk.setCapacity(Long.MAX_VALUE);
        store.advance(Duration.ofSeconds(1));

        assertThat(texts()).hasSize(4);
        assertThat(texts().get(0))
                .isEqualTo("event=checkpoint-failed cause=\"No space left on device\""
                        + " action=\"the next one is tried; a start would replay more\"");
        assertThat(texts().get(1))
                .startsWith("event=checkpoint-still-failing failures=")
                .endsWith(" seconds=300 cause=\"No space left on device\"");
        assertThat(texts().get(2)).contains("event=checkpoint-still-failing", " seconds=600 ");
        assertThat(texts().get(3)).startsWith("event=checkpoint-works-again failures=");
        assertThat(lines.list).noneMatch(line -> line.getThrowableProxy() != null);
    }

    @Test
    void aCauseThatTheSystemDoesNotTellIsLoggedWithItsTraceOnce() {
        listenTo(log);
        RecurringFailure failure = new RecurringFailure(log, new SimulatedClock(), "work", "tried again");

        failure.failed(new EOFException("two bytes missing"));
        failure.failed(new EOFException("two bytes missing"));
        failure.worked();
        failure.worked();
        failure.failed(new IOException("Input/output error"));

        assertThat(texts())
                .containsExactly(
                        "event=work-failed cause=\"two bytes missing\" action=\"tried again\"",
                        "event=work-works-again failures=2 seconds=0",
                        "event=work-failed cause=\"Input/output error\" action=\"tried again\"");
        assertThat(lines.list.get(0).getThrowableProxy()).isNotNull();
        assertThat(lines.list.get(2).getThrowableProxy()).isNull();
    }

    private void listenTo(Logger logger) {
        log = logger;
        log.setLevel(Level.INFO);
        log.setAdditive(false);
        lines.start();
        log.addAppender(lines);
    }

    private List<String> texts() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
