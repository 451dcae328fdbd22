package io.orbitmq.protocol.header.pull;

/** Bits of a pull's sysFlag (protocol/07 section 5). */
public final class PullFlags {

    /** Commit {@code commitOffset} while answering. */
    public static final int COMMIT_OFFSET = 1;

    /** The request may be held. */
    public static final int SUSPEND = 2;

    /** The subscription is in the request. */
    public static final int SUBSCRIPTION = 4;

    /** Obsolete filter-server mode. */
    public static final int CLASS_FILTER = 8;

    /** Sent by a lite pull consumer. */
    public static final int LITE_PULL = 16;

    private PullFlags() {}

    public static boolean has(int sysFlag, int bit) {
        return (sysFlag & bit) != 0;
    }
}
