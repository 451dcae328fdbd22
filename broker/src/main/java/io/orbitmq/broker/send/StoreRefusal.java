package io.orbitmq.broker.send;

import io.orbitmq.broker.request.Refusal;
import io.orbitmq.broker.state.ChangeLostException;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.store.AppendOutcome.Refused;

/** The store's refusals in the words of the protocol, with the store's own sentence (protocol/04 section 2.2). */
public final class StoreRefusal {

    private StoreRefusal() {}

    /** @param maxBodyBytes the limit of a body, for the text */
    public static Refusal of(Refused refused, int maxBodyBytes) {
        return switch (refused.reason()) {
            case MESSAGE_ILLEGAL -> illegal(refused.text(), maxBodyBytes);
            case DISK_FULL, CLOSED, FENCED -> notAvailable(refused.text());
            case BUSY -> new Refusal(ResponseCode.SYSTEM_BUSY, "system busy. " + refused.text());
        };
    }

    /** The answer when something that the send needs, such as its topic, could not be made. */
    static Refusal of(ChangeLostException lost) {
        return notAvailable(lost.getMessage());
    }

    private static Refusal notAvailable(String text) {
        return new Refusal(ResponseCode.SERVICE_NOT_AVAILABLE, "service not available now. " + text);
    }

    static Refusal illegal(String text, int maxBodyBytes) {
        return new Refusal(
                ResponseCode.MESSAGE_ILLEGAL,
                "the message is illegal, maybe msg body or properties length not matched. msg body length limit "
                        + maxBodyBytes + "B, msg properties length limit 32KB. " + text);
    }
}
