package io.orbitmq.store.recovery;

/**
 * Where the log's sound records end.
 *
 * @param position end of the last whole record
 * @param lastStoreTimestamp store time of the last scanned record, 0 when none was scanned
 * @param scannedRecords how many were checked
 * @param unsealedRecords how many of them had no checksum over the whole record
 * @param sealedFrom first scanned position from which all are sealed; {@link Long#MAX_VALUE} when none was
 */
record LogEnd(long position, long lastStoreTimestamp, long scannedRecords, long unsealedRecords, long sealedFrom) {}
