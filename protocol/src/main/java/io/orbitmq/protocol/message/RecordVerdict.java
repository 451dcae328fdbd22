package io.orbitmq.protocol.message;

/** What {@link MessageRecord#verify} found. */
public enum RecordVerdict {
    /** A whole, undamaged record at its place. */
    WHOLE,
    /** The magic is not a message's; see {@link BlankRecord} for the other kind, zeros are the end of data. */
    NO_RECORD,
    /** The record says it is longer than the bytes there are. */
    CUT_OFF,
    /** The total size is not the sum of the parts. */
    PARTS_DISAGREE,
    /** The record says it belongs elsewhere in the log. */
    WRONG_PLACE,
    /** Bytes differ from those that were written. */
    CHECKSUM_DIFFERS
}
