package io.orbitmq.broker.pull;

import io.orbitmq.protocol.header.pull.PullFlags;
import io.orbitmq.protocol.header.pull.PullRequestHeader;
import io.orbitmq.transport.Exchange;

/**
 * One pull on its way.
 *
 * @param exchange the request and its answer
 * @param header what is asked for
 * @param isFirstRun false when it was held before: then it commits nothing and is not held again
 */
record PullTask(Exchange exchange, PullRequestHeader header, boolean isFirstRun) {

    PullTask secondRun() {
        return new PullTask(exchange, header, false);
    }

    boolean commitsOffset() {
        return isFirstRun && PullFlags.has(header.sysFlag(), PullFlags.COMMIT_OFFSET) && header.commitOffset() >= 0;
    }

    boolean mayBeHeld() {
        return isFirstRun
                && PullFlags.has(header.sysFlag(), PullFlags.SUSPEND)
                && !exchange.request().isOneWay();
    }
}
