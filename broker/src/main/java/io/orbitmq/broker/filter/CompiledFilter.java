package io.orbitmq.broker.filter;

import io.orbitmq.store.ReadRequest.RecordFilter;

/** What became of a subscription's expression. */
public sealed interface CompiledFilter {

    /**
     * Ready to use.
     *
     * @param filter safe for any thread
     */
    record Usable(RecordFilter filter) implements CompiledFilter {}

    /**
     * The expression breaks the rules of its language.
     *
     * @param reason what was expected and what was found
     */
    record Unparsable(String reason) implements CompiledFilter {}

    /**
     * This broker does not filter by that language.
     *
     * @param expressionType the language asked for
     */
    record Unsupported(String expressionType) implements CompiledFilter {}
}
