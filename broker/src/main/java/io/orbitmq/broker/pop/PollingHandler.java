package io.orbitmq.broker.pop;

import io.orbitmq.broker.pop.PopAdmission.Verdict;
import io.orbitmq.broker.pop.hold.HeldPops;
import io.orbitmq.broker.pop.hold.HoldKey;
import io.orbitmq.protocol.header.pop.PollingHeader;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;

/** POLLING_INFO (200055): how many pops of exactly this key wait (protocol/08 section 9). */
final class PollingHandler implements RequestHandler {

    private final PopAdmission admission;
    private final HeldPops held;

    PollingHandler(PopAdmission admission, HeldPops held) {
        this.admission = admission;
        this.held = held;
    }

    @Override
    public void handle(Exchange exchange) {
        PollingHeader header = PollingHeader.from(exchange.request().fields());
        Verdict verdict =
                admission.checkLook(header.consumerGroup(), header.topic(), header.queueId(), exchange.connection());
        if (verdict instanceof Verdict.Refused refused) {
            refused.refusal().answer(exchange);
            return;
        }
        exchange.succeed(PollingHeader.answer(
                held.count(new HoldKey(header.topic(), header.consumerGroup(), header.queueId()))));
    }
}
