package io.orbitmq.protocol.message;

/** Bits of a message's sysFlag (protocol/03 section 2). */
public final class SysFlag {

    public static final int COMPRESSED = 0x1;
    public static final int MULTI_TAGS = 0x2;
    public static final int TRANSACTION_NONE = 0;
    public static final int TRANSACTION_PREPARED = 0x4;
    public static final int TRANSACTION_COMMIT = 0x8;
    public static final int TRANSACTION_ROLLBACK = 0xC;
    public static final int BORN_HOST_V6 = 0x10;
    public static final int STORE_HOST_V6 = 0x20;
    public static final int NEED_UNWRAP = 0x40;
    public static final int INNER_BATCH = 0x80;
    public static final int COMPRESSION_TYPE_MASK = 0x700;
    public static final int COMPRESSION_LZ4 = 0x100;
    public static final int COMPRESSION_ZSTD = 0x200;
    public static final int COMPRESSION_ZLIB = 0x300;

    private static final int TRANSACTION_MASK = 0xC;

    private SysFlag() {}

    public static boolean isBornHostV6(int sysFlag) {
        return (sysFlag & BORN_HOST_V6) != 0;
    }

    public static boolean isStoreHostV6(int sysFlag) {
        return (sysFlag & STORE_HOST_V6) != 0;
    }

    /** One of the four TRANSACTION values. */
    public static int transactionType(int sysFlag) {
        return sysFlag & TRANSACTION_MASK;
    }

    /** {@code sysFlag} with its transaction bits replaced. */
    public static int withTransactionType(int sysFlag, int type) {
        return sysFlag & ~TRANSACTION_MASK | type;
    }

    /** Half messages and roll-backs get no entry in a queue (protocol/05 section 1). */
    public static boolean isQueued(int sysFlag) {
        int type = transactionType(sysFlag);
        return type == TRANSACTION_NONE || type == TRANSACTION_COMMIT;
    }

    static int withHosts(int sysFlag, boolean bornV6, boolean storeV6) {
        int cleared = sysFlag & ~(BORN_HOST_V6 | STORE_HOST_V6);
        return cleared | (bornV6 ? BORN_HOST_V6 : 0) | (storeV6 ? STORE_HOST_V6 : 0);
    }
}
