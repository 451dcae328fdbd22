package io.orbitmq.protocol.frame;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Field names that occur in nearly every frame, found from their bytes without making a string. Only a shortcut: a name
 * that is not here works the same, a little slower. Immutable.
 */
final class KnownNames {

    private static final String[] NAMES = {
        "a",
        "b",
        "c",
        "d",
        "e",
        "f",
        "g",
        "h",
        "i",
        "j",
        "k",
        "l",
        "m",
        "n",
        "consumerGroup",
        "topic",
        "queueId",
        "queueOffset",
        "maxMsgNums",
        "sysFlag",
        "commitOffset",
        "suspendTimeoutMillis",
        "subscription",
        "subVersion",
        "expressionType",
        "maxMsgBytes",
        "bname",
        "requestSource",
        "offset",
        "group",
        "clientID",
        "producerGroup",
        "setZeroIfNotFound",
        "committed",
        "msgId",
        "transactionId",
        "MSG_REGION",
        "TRACE_ON",
        "recallHandle",
        "batchUniqId",
        "nextBeginOffset",
        "minOffset",
        "maxOffset",
        "suggestWhichBrokerId",
        "topicSysFlag",
        "groupSysFlag",
        "AccessKey",
        "Signature",
        "SecurityToken",
        "ns",
        "nsd",
        "ReqT",
        "properties",
        "brokerName",
        "clusterName"
    };
    private static final byte[][] BYTES = new byte[NAMES.length][];
    /** The first names: one letter each, in order. */
    private static final int LETTERS = 14;

    private static final int SLOTS = 256;
    private static final byte[] TABLE = new byte[SLOTS];

    static {
        Arrays.fill(TABLE, (byte) -1);
        for (int i = 0; i < NAMES.length; i++) {
            BYTES[i] = NAMES[i].getBytes(StandardCharsets.US_ASCII);
            int slot = slot(BYTES[i], 0, BYTES[i].length);
            while (TABLE[slot] >= 0) {
                slot = (slot + 1) % SLOTS;
            }
            TABLE[slot] = (byte) i;
        }
    }

    private KnownNames() {}

    /** The number, below 64, of the name that stands at {@code start}; -1 when it is not known. */
    static int find(byte[] bytes, int start, int length) {
        if (length <= 1) {
            int letter = length == 0 ? -1 : bytes[start] - 'a';
            return letter >= 0 && letter < LETTERS ? letter : -1;
        }
        for (int slot = slot(bytes, start, length); TABLE[slot] >= 0; slot = (slot + 1) % SLOTS) {
            byte[] name = BYTES[TABLE[slot]];
            if (Arrays.equals(name, 0, name.length, bytes, start, start + length)) {
                return TABLE[slot];
            }
        }
        return -1;
    }

    static String name(int number) {
        return NAMES[number];
    }

    private static int slot(byte[] bytes, int start, int length) {
        int mixed = bytes[start] * 31 + bytes[start + length - 1] * 17 + bytes[start + length / 2] * 7 + length;
        return mixed & SLOTS - 1;
    }
}
