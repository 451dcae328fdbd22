package io.orbitmq.store.recovery;

import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.RecordVerdict;
import java.nio.ByteBuffer;

/**
 * Checks records: ours bear a checksum over everything, those of Apache RocketMQ one over the body only. Once a record is
 * sealed all later ones must be, else a torn record of ours could pass for one of theirs.
 */
final class SealCheck implements LogScanner.Check {

    private long sealedFrom;
    private long unsealedRecords;

    /** @param sealedFrom position from which every record must be sealed; {@link Long#MAX_VALUE} when unknown */
    SealCheck(long sealedFrom) {
        this.sealedFrom = sealedFrom;
    }

    @Override
    public RecordVerdict verify(ByteBuffer buffer, int base, long position) {
        if (position >= sealedFrom) {
            return MessageRecord.verifySealed(buffer, base, position);
        }
        RecordVerdict verdict = MessageRecord.verify(buffer, base, position);
        if (verdict == RecordVerdict.WHOLE) {
            if (MessageRecord.isSealed(buffer, base)) {
                sealedFrom = position;
            } else {
                unsealedRecords++;
            }
        }
        return verdict;
    }

    /** From here on all are sealed; {@link Long#MAX_VALUE} when none was yet. */
    long sealedFrom() {
        return sealedFrom;
    }

    /** Records without a whole checksum that were accepted. */
    long unsealedRecords() {
        return unsealedRecords;
    }
}
