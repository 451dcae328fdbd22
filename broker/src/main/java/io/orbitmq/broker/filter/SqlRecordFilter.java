package io.orbitmq.broker.filter;

import io.orbitmq.broker.filter.sql.SqlExpression;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.ReadRequest.RecordFilter;
import java.nio.ByteBuffer;

/**
 * Passes messages whose properties make an expression true. Properties are looked up in the record's bytes, only those
 * that the expression names.
 *
 * @param expression compiled once per subscription
 */
record SqlRecordFilter(SqlExpression expression) implements RecordFilter {

    @Override
    public boolean mayMatch(long tagsCode) {
        return true;
    }

    @Override
    public boolean readsRecord() {
        return true;
    }

    @Override
    public boolean matches(ByteBuffer record) {
        int base = record.position();
        return expression.matches(name -> MessageRecord.property(record, base, name));
    }
}
