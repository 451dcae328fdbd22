package io.orbitmq.broker.dedup;

/** What a look for the first of a send found. */
public sealed interface Repeat {

    /** It is new: store it. */
    record New() implements Repeat {}

    /**
     * It was stored before.
     *
     * @param first the result to answer again
     */
    record Of(FirstSend first) implements Repeat {}

    /** It cannot be told yet; the request was kept and is handled again soon. */
    record Held() implements Repeat {}

    Repeat NEW = new New();
    Repeat HELD = new Held();
}
