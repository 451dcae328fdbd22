package io.orbitmq.store.index;

import java.util.List;

/**
 * A merge to be done.
 *
 * @param inputsOldestFirst runs that follow each other
 * @param fileNumber the result's number
 */
record MergeJob<R extends Run>(List<R> inputsOldestFirst, long fileNumber) {

    MergeJob {
        inputsOldestFirst = List.copyOf(inputsOldestFirst);
    }

    long startPosition() {
        return inputsOldestFirst.get(0).startPosition();
    }

    long endPosition() {
        return inputsOldestFirst.get(inputsOldestFirst.size() - 1).endPosition();
    }
}
