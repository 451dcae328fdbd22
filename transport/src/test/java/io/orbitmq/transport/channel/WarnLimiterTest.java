package io.orbitmq.transport.channel;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.orbitmq.testkit.SimulatedClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class WarnLimiterTest {

    @Test
    void writesSoManyLinesPerWindowAndTellsHowManyItLeftOut() {
        SimulatedClock clock = new SimulatedClock();
        Logger log = (Logger) LoggerFactory.getLogger("warn-limiter-test");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        WarnLimiter limiter = new WarnLimiter(log, clock, 2, Duration.ofSeconds(10));
        for (int i = 0; i < 7; i++) {
            limiter.warn("event=bad n={}", i);
        }
        clock.advance(Duration.ofSeconds(10));
        limiter.warn("event=bad n={}", 7, new IllegalStateException("stack"));
        limiter.warn("event=bad n={}", 8);
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("event=bad n=0", "event=bad n=1", "suppressed=5 event=bad n=7", "event=bad n=8");
        assertThat(lines.list.get(2).getThrowableProxy().getMessage()).isEqualTo("stack");
    }
}
