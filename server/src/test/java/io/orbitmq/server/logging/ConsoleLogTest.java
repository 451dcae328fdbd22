package io.orbitmq.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class ConsoleLogTest {

    @Test
    void logbackFindsTheConfigurationByItself() {
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

        assertThat(root.getAppender("console")).isNotNull();
        assertThat(root.getLevel()).isEqualTo(Level.WARN);
        assertThat(LoggerFactory.getLogger("io.orbitmq.server").isInfoEnabled()).isTrue();
    }

    @Test
    void anEventIsOneLineAndAnErrorBringsItsTrace() {
        LoggerContext context = new LoggerContext();
        Logger logger = context.getLogger("io.orbitmq.x.Thing");
        LoggingEvent event = new LoggingEvent("", logger, Level.WARN, "event={} n={}", null, new Object[] {"a", 1});
        event.setThreadName("loop 1");

        EventLineLayout layout = new EventLineLayout();
        String line = layout.doLayout(event);

        assertThat(line)
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\S+ WARN  loop_1 Thing event=a n=1\\R");

        LoggingEvent failed = new LoggingEvent(
                "", logger, Level.ERROR, "event=failed", new IllegalStateException("why"), new Object[0]);
        failed.setThreadName("main");
        assertThat(layout.doLayout(failed)).contains("event=failed").contains("IllegalStateException: why");
    }
}
