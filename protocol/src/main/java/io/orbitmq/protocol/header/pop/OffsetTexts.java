package io.orbitmq.protocol.header.pop;

/**
 * The lists of offsets in the answer to a pop (protocol/08 section 2.2). Elements are parted by {@code ;}, their three
 * fields by one blank; the first is the retry flag of {@link ReceiptHandle}.
 *
 * <pre>
 * start offsets    retry queueId startOffset
 * message offsets  retry queueId offset,offset,...
 * order counts     retry queueId count           and   retry qo&lt;queueId&gt;%&lt;offset&gt; count
 * </pre>
 *
 * One owner.
 */
public final class OffsetTexts {

    private final StringBuilder starts = new StringBuilder();
    private final StringBuilder messages = new StringBuilder();
    private final StringBuilder counts = new StringBuilder();

    /** Adds a queue: where it was read from and the ascending offsets of its messages. */
    public OffsetTexts queue(int retry, int queueId, long startOffset, long[] offsets, int count) {
        element(starts, retry).append(queueId).append(' ').append(startOffset);
        element(messages, retry).append(queueId).append(' ');
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                messages.append(',');
            }
            messages.append(offsets[i]);
        }
        return this;
    }

    /** Says how often the message at an offset was delivered before. */
    public OffsetTexts messageCount(int retry, int queueId, long offset, int count) {
        element(counts, retry)
                .append("qo")
                .append(queueId)
                .append('%')
                .append(offset)
                .append(' ')
                .append(count);
        return this;
    }

    /** Says how often all messages of a queue were delivered before, at least. */
    public OffsetTexts queueCount(int retry, int queueId, int count) {
        element(counts, retry).append(queueId).append(' ').append(count);
        return this;
    }

    public String startOffsets() {
        return starts.toString();
    }

    public String messageOffsets() {
        return messages.toString();
    }

    public String orderCounts() {
        return counts.toString();
    }

    private static StringBuilder element(StringBuilder text, int retry) {
        if (!text.isEmpty()) {
            text.append(';');
        }
        return text.append(retry).append(' ');
    }
}
