package io.orbitmq.server.command;

import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.server.demo.Demo;
import io.orbitmq.server.demo.DemoPlan;
import io.orbitmq.server.node.Scratch;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Runs what a server needs once, so that the virtual machine can write the classes into an archive as this process ends.
 * The launcher calls it; nobody else needs to.
 */
@Command(name = "prepare-archive", hidden = true)
final class PrepareArchiveCommand implements Callable<Integer> {

    private static final int MESSAGES = 5000;

    private final PrintStream out;

    PrepareArchiveCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        CommandLines.run(new String[] {"standalone", "--print-config"}, out, out);
        try (Scratch scratch = Scratch.start()) {
            DemoPlan plan = DemoPlan.of(MESSAGES, DemoPlan.DEFAULT_BODY_BYTES);
            new Demo(plan, new SystemClock(), out, false)
                    .run(scratch.standalone().brokerAddress());
        }
        return CommandLines.DONE;
    }
}
