package io.orbitmq.broker.request;

import io.orbitmq.transport.Exchange;

/**
 * The outcome of a check: {@link #NONE}, or the code and the text to answer with.
 *
 * @param code response code, 0 only for {@link #NONE}
 * @param remark text for people
 */
public record Refusal(int code, String remark) {

    /** Nothing speaks against it. */
    public static final Refusal NONE = new Refusal(0, "");

    /** The pointer to the FAQ that clients of RocketMQ are used to, with its line break (protocol/07 section 0). */
    public static final String FAQ = "\nSee https://rocketmq.apache.org/docs/bestPractice/06FAQ for further details.";

    public boolean isNone() {
        return code == 0;
    }

    public void answer(Exchange exchange) {
        exchange.refuse(code, remark);
    }
}
