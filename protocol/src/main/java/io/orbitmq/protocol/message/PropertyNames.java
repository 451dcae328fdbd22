package io.orbitmq.protocol.message;

import java.util.Set;

/** Reserved names of message properties (protocol/03 section 4). */
public final class PropertyNames {

    public static final String KEYS = "KEYS";
    public static final String TAGS = "TAGS";
    public static final String WAIT = "WAIT";
    public static final String DELAY = "DELAY";
    public static final String RETRY_TOPIC = "RETRY_TOPIC";
    public static final String REAL_TOPIC = "REAL_TOPIC";
    public static final String REAL_QID = "REAL_QID";
    public static final String TRAN_MSG = "TRAN_MSG";
    public static final String PGROUP = "PGROUP";
    public static final String MIN_OFFSET = "MIN_OFFSET";
    public static final String MAX_OFFSET = "MAX_OFFSET";
    public static final String BUYER_ID = "BUYER_ID";
    public static final String ORIGIN_MESSAGE_ID = "ORIGIN_MESSAGE_ID";
    public static final String TRANSFER_FLAG = "TRANSFER_FLAG";
    public static final String CORRECTION_FLAG = "CORRECTION_FLAG";
    public static final String MQ2_FLAG = "MQ2_FLAG";
    public static final String RECONSUME_TIME = "RECONSUME_TIME";
    public static final String MAX_RECONSUME_TIMES = "MAX_RECONSUME_TIMES";
    public static final String MSG_REGION = "MSG_REGION";
    public static final String TRACE_ON = "TRACE_ON";
    public static final String UNIQ_KEY = "UNIQ_KEY";
    public static final String EXTEND_UNIQ_INFO = "EXTEND_UNIQ_INFO";
    public static final String CONSUME_START_TIME = "CONSUME_START_TIME";
    public static final String INNER_NUM = "INNER_NUM";
    public static final String INNER_BASE = "INNER_BASE";
    public static final String DUP_INFO = "DUP_INFO";
    public static final String CHECK_IMMUNITY_TIME_IN_SECONDS = "CHECK_IMMUNITY_TIME_IN_SECONDS";
    public static final String TRAN_PREPARED_QUEUE_OFFSET = "TRAN_PREPARED_QUEUE_OFFSET";
    public static final String TRANSACTION_CHECK_TIMES = "TRANSACTION_CHECK_TIMES";
    public static final String INSTANCE_ID = "INSTANCE_ID";
    public static final String CORRELATION_ID = "CORRELATION_ID";
    public static final String REPLY_TO_CLIENT = "REPLY_TO_CLIENT";
    public static final String TTL = "TTL";
    public static final String ARRIVE_TIME = "ARRIVE_TIME";
    public static final String PUSH_REPLY_TIME = "PUSH_REPLY_TIME";
    public static final String CLUSTER = "CLUSTER";
    public static final String MSG_TYPE = "MSG_TYPE";
    public static final String POP_CK = "POP_CK";
    public static final String POP_CK_OFFSET = "POP_CK_OFFSET";
    public static final String INNER_MULTI_DISPATCH = "INNER_MULTI_DISPATCH";
    public static final String INNER_MULTI_QUEUE_OFFSET = "INNER_MULTI_QUEUE_OFFSET";
    public static final String TRACE_CONTEXT = "TRACE_CONTEXT";
    public static final String TIMER_DELAY_SEC = "TIMER_DELAY_SEC";
    public static final String TIMER_DELAY_MS = "TIMER_DELAY_MS";
    public static final String TIMER_DELIVER_MS = "TIMER_DELIVER_MS";
    public static final String TIMER_OUT_MS = "TIMER_OUT_MS";
    public static final String TIMER_ENQUEUE_MS = "TIMER_ENQUEUE_MS";
    public static final String TIMER_DEQUEUE_MS = "TIMER_DEQUEUE_MS";
    public static final String TIMER_ROLL_TIMES = "TIMER_ROLL_TIMES";
    public static final String TIMER_DEL_UNIQKEY = "TIMER_DEL_UNIQKEY";
    public static final String TIMER_DELAY_LEVEL = "TIMER_DELAY_LEVEL";
    public static final String BORN_TIMESTAMP = "BORN_TIMESTAMP";
    public static final String DLQ_ORIGIN_TOPIC = "DLQ_ORIGIN_TOPIC";
    public static final String DLQ_ORIGIN_MESSAGE_ID = "DLQ_ORIGIN_MESSAGE_ID";
    public static final String FIRST_POP_TIME = "1ST_POP_TIME";
    public static final String TRANSACTION_ID = "__transactionId__";
    public static final String SHARDING_KEY = "__SHARDINGKEY";
    public static final String BORN_HOST = "__BORNHOST";
    public static final String CRC32 = "__CRC32#";

    /** Names that an application may not set itself; the server does not refuse them. */
    public static final Set<String> FORBIDDEN_FOR_USERS = Set.of(
            TRACE_ON,
            MSG_REGION,
            KEYS,
            TAGS,
            WAIT,
            DELAY,
            RETRY_TOPIC,
            REAL_TOPIC,
            REAL_QID,
            TRAN_MSG,
            PGROUP,
            MIN_OFFSET,
            MAX_OFFSET,
            BUYER_ID,
            ORIGIN_MESSAGE_ID,
            TRANSFER_FLAG,
            CORRECTION_FLAG,
            MQ2_FLAG,
            RECONSUME_TIME,
            UNIQ_KEY,
            MAX_RECONSUME_TIMES,
            CONSUME_START_TIME,
            POP_CK,
            POP_CK_OFFSET,
            FIRST_POP_TIME,
            TRAN_PREPARED_QUEUE_OFFSET,
            DUP_INFO,
            EXTEND_UNIQ_INFO,
            INSTANCE_ID,
            CORRELATION_ID,
            REPLY_TO_CLIENT,
            TTL,
            ARRIVE_TIME,
            PUSH_REPLY_TIME,
            CLUSTER,
            MSG_TYPE,
            INNER_MULTI_QUEUE_OFFSET,
            TIMER_DELAY_MS,
            TIMER_DELAY_SEC,
            TIMER_DELIVER_MS,
            TIMER_ENQUEUE_MS,
            TIMER_DEQUEUE_MS,
            TIMER_ROLL_TIMES,
            TIMER_OUT_MS,
            TIMER_DEL_UNIQKEY,
            TIMER_DELAY_LEVEL,
            BORN_HOST,
            BORN_TIMESTAMP,
            DLQ_ORIGIN_TOPIC,
            DLQ_ORIGIN_MESSAGE_ID,
            CRC32);

    private PropertyNames() {}
}
