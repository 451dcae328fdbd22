package io.orbitmq.server.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.orbitmq.server.process.ProcessEnvironment;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/** Sets up Logback without an XML file: the console, one layout, one level. Called once by Logback. */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class ConsoleLog extends ContextAwareBase implements Configurator {

    private static final String LEVEL_VARIABLE = "ORBITMQ_LOG_LEVEL";
    private static final String OURS = "io.orbitmq";

    /** For commands that talk to a person: the log shows nothing below WARN from now on. */
    public static void onlyWarnings() {
        if (LoggerFactory.getLogger(OURS) instanceof Logger ours) {
            ours.setLevel(Level.WARN);
        }
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        ProcessEnvironment environment = new ProcessEnvironment();
        if (environment.property("logback.configurationFile").isPresent()) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        EventLineLayout layout = new EventLineLayout();
        layout.setContext(context);
        layout.start();

        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.start();

        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setName("console");
        console.setTarget(ConsoleTarget.SystemErr.getName());
        console.setEncoder(encoder);
        console.start();

        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(console);
        context.getLogger(OURS)
                .setLevel(Level.toLevel(environment.variable(LEVEL_VARIABLE).orElse("INFO"), Level.INFO));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
