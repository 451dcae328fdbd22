package io.orbitmq.store.tools;

import java.util.ArrayList;
import java.util.List;

/** Collects what a check finds, keeping a bounded number of sentences. */
final class Findings {

    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long problemCount;

    void problem(String text) {
        problemCount++;
        if (problems.size() < VerifyReport.MAX_LISTED) {
            problems.add(text);
        }
    }

    void note(String text) {
        if (notes.size() < VerifyReport.MAX_LISTED) {
            notes.add(text);
        }
    }

    List<String> problems() {
        return problems;
    }

    List<String> notes() {
        return notes;
    }

    long problemCount() {
        return problemCount;
    }
}
