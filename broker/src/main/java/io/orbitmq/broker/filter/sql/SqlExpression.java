package io.orbitmq.broker.filter.sql;

/** A compiled expression. Immutable; any thread. */
public final class SqlExpression {

    private final Node root;

    private SqlExpression(Node root) {
        this.root = root;
    }

    /**
     * Compiles a text (protocol/09 sections 2.1 to 2.3).
     *
     * @throws SqlSyntaxException saying what was expected, what was found and where
     */
    public static SqlExpression compile(String text) {
        return new SqlExpression(new SqlParser(text).parse());
    }

    /** True only when the expression is true; unknown, faulty and non-boolean results do not match. */
    public boolean matches(PropertySource properties) {
        return root.evaluate(properties) == Boolean.TRUE;
    }

    /** Where an expression reads properties. */
    @FunctionalInterface
    public interface PropertySource {

        /** The property's value, or the empty text when it is absent; stored values are never empty. */
        String property(String name);
    }
}
