package io.orbitmq.protocol.frame;

/** Says the extFields of a frame straight into it. Immutable: the same fields each time it is asked, by any thread. */
@FunctionalInterface
public interface FieldWriter {

    void writeTo(FieldSink sink);
}
