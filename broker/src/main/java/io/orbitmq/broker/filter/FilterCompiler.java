package io.orbitmq.broker.filter;

import io.orbitmq.broker.filter.CompiledFilter.Unparsable;
import io.orbitmq.broker.filter.CompiledFilter.Unsupported;
import io.orbitmq.broker.filter.CompiledFilter.Usable;
import io.orbitmq.broker.filter.sql.SqlExpression;
import io.orbitmq.broker.filter.sql.SqlSyntaxException;
import io.orbitmq.protocol.message.SubscriptionExpression;
import io.orbitmq.store.ReadRequest.RecordFilter;
import java.util.Optional;

/**
 * Compiles the expression of a subscription (protocol/09 section 1). An expression type that is empty or {@code TAG} is a
 * list of tags joined by {@code ||}; {@code *} or nothing lets everything through. {@code SQL92} is an expression over
 * properties (section 2). Stateless.
 */
public final class FilterCompiler {

    public static final String TAG = "TAG";

    public static final String SQL92 = "SQL92";

    private static final String EVERYTHING = "*";
    private static final RecordFilter NOTHING = tagsCode -> false;
    private static final CompiledFilter ALL = new Usable(RecordFilter.ALL);

    private FilterCompiler() {}

    /** Whether subscriptions of this type are lists of tags. */
    public static boolean isTagType(String expressionType) {
        return expressionType.isEmpty() || TAG.equals(expressionType);
    }

    /**
     * @param expressionType {@code TAG}, {@code SQL92} or empty
     * @param expression as the client wrote it, may be empty
     */
    public static CompiledFilter compile(String expressionType, String expression) {
        if (isTagType(expressionType)) {
            return compileTags(expression);
        }
        return SQL92.equals(expressionType) ? compileSql(expression) : new Unsupported(expressionType);
    }

    /**
     * The filter of a subscription whose tags the client has hashed (protocol/07 section 1).
     *
     * @param expression as the client wrote it; only whether it means everything is looked at
     * @param codes hashes of the tags
     */
    public static RecordFilter ofHashedTags(String expression, int... codes) {
        return isEverything(expression) ? RecordFilter.ALL : ofTagCodes(codes);
    }

    /** A filter that passes the given tag hashes and nothing else. */
    static RecordFilter ofTagCodes(int... codes) {
        return switch (codes.length) {
            case 0 -> NOTHING;
            case 1 -> singleTag(codes[0]);
            default -> TagSetFilter.of(codes);
        };
    }

    private static CompiledFilter compileSql(String expression) {
        try {
            return new Usable(new SqlRecordFilter(SqlExpression.compile(expression)));
        } catch (SqlSyntaxException e) {
            return new Unparsable(e.getMessage());
        }
    }

    private static boolean isEverything(String expression) {
        return expression.isEmpty() || expression.equals(EVERYTHING);
    }

    private static CompiledFilter compileTags(String expression) {
        if (isEverything(expression)) {
            return ALL;
        }
        Optional<SubscriptionExpression> parsed = SubscriptionExpression.parse(expression);
        if (parsed.isEmpty()) {
            return new Unparsable("a tag expression must name a tag, found '" + expression + "'");
        }
        return parsed.get().isEverything()
                ? ALL
                : new Usable(ofTagCodes(parsed.get().sortedCodes()));
    }

    private static RecordFilter singleTag(int code) {
        return tagsCode -> (int) tagsCode == code;
    }
}
