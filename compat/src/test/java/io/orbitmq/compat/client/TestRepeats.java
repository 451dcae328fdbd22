package io.orbitmq.compat.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Sending the same message object of the library more than once, as applications do after a failure. */
public interface TestRepeats {

    /** Starts a producer. */
    Started start(ProducerPlan plan);

    /** A started producer. */
    interface Started extends AutoCloseable {

        /** A message object that can be sent again and again. */
        Repeatable message(Outgoing message);

        /** Message objects that are sent together. */
        Repeatable batch(List<Outgoing> messages);

        @Override
        void close();
    }

    /** One message object, or a collection of them. */
    interface Repeatable {

        Sent send();

        /** Not for collections. */
        CompletableFuture<Sent> sendAsync();
    }

    /** The one of a client version. */
    static TestRepeats of(ClientVersion version) {
        return AdapterClass.make(version, "io.orbitmq.compat.adapter.AdaptedRepeats", TestRepeats.class);
    }
}
