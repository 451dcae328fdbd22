package io.orbitmq.broker.pull;

import io.orbitmq.store.LogQueue;
import io.orbitmq.store.ReadRequest.RecordFilter;

/** The verdict on a pull before anything is read. */
sealed interface Admission {

    /**
     * May read.
     *
     * @param queue where
     * @param filter what
     * @param topicSysFlag told to the client
     * @param groupSysFlag told to the client
     */
    record Admitted(LogQueue queue, RecordFilter filter, int topicSysFlag, int groupSysFlag) implements Admission {}

    /**
     * May not.
     *
     * @param code response code
     * @param remark what the client is told
     * @param forbiddenType who forbids it with code 16, else {@link #NOT_FORBIDDEN}
     */
    record Refused(int code, String remark, int forbiddenType) implements Admission {

        Refused(int code, String remark) {
            this(code, remark, NOT_FORBIDDEN);
        }
    }

    int NOT_FORBIDDEN = -1;
    int FORBIDDEN_BY_BROKER = 1;
    int FORBIDDEN_BY_GROUP = 2;
    int FORBIDDEN_BY_TOPIC = 3;
    int BROADCAST_FORBIDDEN = 4;
}
