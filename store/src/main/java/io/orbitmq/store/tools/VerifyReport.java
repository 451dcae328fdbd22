package io.orbitmq.store.tools;

import java.util.List;

/**
 * What {@link StoreVerifier} found.
 *
 * @param segments files of the log
 * @param minPosition first byte of the log
 * @param endPosition end of the log's records
 * @param records whole records
 * @param sealedRecords those with a checksum over the whole record; the others have one over the body only
 * @param queues queues that have messages in the log
 * @param checkpoints sound ones
 * @param indexedEnd everything before is in the queue index; -1 when there is no index
 * @param comparedEntries entries of the queue index that were compared with the log
 * @param checkedPages pages of index files whose checksum was compared
 * @param problems sentences about what is wrong; the first {@link #MAX_LISTED} of them
 * @param problemCount how many there are
 * @param notes sentences about what is unusual but right
 */
public record VerifyReport(
        int segments,
        long minPosition,
        long endPosition,
        long records,
        long sealedRecords,
        int queues,
        int checkpoints,
        long indexedEnd,
        long comparedEntries,
        long checkedPages,
        List<String> problems,
        long problemCount,
        List<String> notes) {

    /** Most problems, and most notes, that are kept as sentences. */
    public static final int MAX_LISTED = 1000;

    public VerifyReport {
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    public boolean isSound() {
        return problemCount == 0;
    }

    /** 0 when the store is sound, 1 when it is not. */
    public int exitCode() {
        return isSound() ? 0 : 1;
    }

    /** The report for people. */
    public String text() {
        StringBuilder text = new StringBuilder();
        line(text, "segments", segments);
        line(text, "log", minPosition + " to " + endPosition + " (" + (endPosition - minPosition) + " bytes)");
        line(text, "records", records);
        line(text, "  whole checksum", sealedRecords);
        line(text, "  body checksum", records - sealedRecords);
        line(text, "queues", queues);
        line(text, "checkpoints", checkpoints);
        line(text, "indexed to", indexedEnd < 0 ? "no index" : Long.toString(indexedEnd));
        line(text, "  entries compared", comparedEntries);
        line(text, "  pages checked", checkedPages);
        line(text, "problems", problemCount);
        problems.forEach(problem -> text.append("  ").append(problem).append('\n'));
        if (problemCount > problems.size()) {
            text.append("  and ").append(problemCount - problems.size()).append(" more\n");
        }
        line(text, "notes", notes.size());
        notes.forEach(note -> text.append("  ").append(note).append('\n'));
        text.append(isSound() ? "The store is sound.\n" : "The store is NOT sound.\n");
        return text.toString();
    }

    private static void line(StringBuilder text, String name, Object value) {
        text.append(name)
                .append(" ".repeat(Math.max(1, 20 - name.length())))
                .append(value)
                .append('\n');
    }
}
