package io.orbitmq.store;

/**
 * Measures of a store.
 *
 * @param minPosition first byte of the log
 * @param writtenPosition end of the log
 * @param durablePosition everything before is on disk
 * @param indexedPosition everything before is in the indexes
 * @param earliestStoreTimestamp store time of the oldest message, -1 when there is none
 * @param diskUsedRatio used share of the log's partition, 0 to 1
 * @param diskTotalBytes size of the partition
 * @param diskUsableBytes bytes left on the partition
 * @param queues number of queues
 * @param appendedMessages messages appended since the start
 * @param appendedBytes their bytes
 * @param refusedAppends appends refused since the start
 * @param fenced empty when healthy, else the sentence that says why the store takes no more appends
 */
public record StoreStatus(
        long minPosition,
        long writtenPosition,
        long durablePosition,
        long indexedPosition,
        long earliestStoreTimestamp,
        double diskUsedRatio,
        long diskTotalBytes,
        long diskUsableBytes,
        int queues,
        long appendedMessages,
        long appendedBytes,
        long refusedAppends,
        String fenced) {}
