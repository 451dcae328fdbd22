package io.orbitmq.nameserver.route;

import java.util.Optional;

/** What became of a registration (protocol/02 section 3.4). */
public sealed interface RegistrationOutcome {

    /**
     * Accepted.
     *
     * @param masterAddress of the live master, for a slave; empty otherwise
     * @param masterHaAddress of the live master, for a slave; empty otherwise
     * @param minIdChange present when the broker became the one with the smallest id
     */
    record Registered(String masterAddress, String masterHaAddress, Optional<MinIdChange> minIdChange)
            implements RegistrationOutcome {}

    /** A newer broker holds the same name and id under another address; told to the sender as success. */
    record Outdated() implements RegistrationOutcome {}

    /** @param text what was wrong */
    record Refused(String text) implements RegistrationOutcome {}
}
