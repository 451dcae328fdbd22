package io.orbitmq.broker.filter.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.testkit.Dice;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SqlExpressionTest {

    private static final Map<String, String> PROPERTIES =
            Map.of("a", "5", "b", "abc", "c", "true", "d", "5.0", "n", "-3", "TAGS", "TagT", "q", "it's");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a > 3",
                "a > 4.5",
                "a >= d",
                "zz is null",
                "a is not null",
                "zz = yy",
                "a between 3 and 7",
                "a not between 6 and 7",
                "c = TRUE",
                "not c",
                "n < 0",
                "zz > 3 or a = '5'",
                "TAGS = 'TagT' and (zz is null or zz > 3)",
                "b in ('x', 'abc')",
                "b not in ('x')",
                "b contains 'bc'",
                "b startswith 'ab'",
                "b endswith 'bc'",
                "b not contains 'x'",
                "NOT (a > 7)",
                "q = 'it''s'",
                "a = 5",
                "a = 5.0",
                "d = 5.",
                "3 < a",
                "a > 0x10",
                "a > 017",
                "a > 3 trailing words",
                "a /* comment */ > 3 -- end\n",
                "TRUE",
                "n = -3",
                "a < 5000000000",
                "a > .5 AND a < 1e3",
            })
    void matches(String expression) {
        assertThat(evaluate(expression)).as(expression).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "d = 5",
                "a = d",
                "b > 3",
                "b = 3",
                "zz <> 3",
                "zz not in ('1')",
                "zz not contains 'x'",
                "zz contains 'x'",
                "b contains ''",
                "b not contains ''",
                "c",
                "zz",
                "not zz",
                "-n = 3",
                "zz > 3 and a = '5'",
                "TRUE = c",
                "NOT a = 'x'",
                "b > 3 or a = '5'",
                "a = 3000000000",
                "NULL",
                "a like '5%'",
            })
    void doesNotMatch(String expression) {
        assertThat(evaluate(expression)).as(expression).isFalse();
    }

    @Test
    void rightSideIsNotEvaluatedWhenTheLeftDecides() {
        assertThat(evaluate("a = '5' or b > 3")).isTrue();
        assertThat(evaluate("not (a = '6' and b > 3)")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a = NULL | 'NULL' cannot be compared.",
                "a > 'x' | cannot be compared.",
                "a > TRUE | cannot be compared.",
                "a between 5 and 1 | left value(5) must less than or equal to right value(1)",
                "a between NULL and 1 | values can not be null!",
                "5 in ('x') | Expected a property for In expression, got: 5",
                "not a > 3 | cannot be compared.",
                "5 | Expression will not result in a boolean value",
                "'x' | Expression will not result in a boolean value",
                "a > 3; | Lexical error",
                "a > 3 && b | Lexical error",
                "a != 3 | Lexical error",
                "a > 0.0 | 0.0 is less than 4.9E-324",
                "a > 99999999999999999999 | must fit into 64 bits",
                "a = 'open | closing quote",
                "a in () | expected a quoted string",
                "( a > 3 | expected ')'",
                "a > 3 -- no line end | line end",
                "a is 3 | expected NULL",
            })
    void refusesWithTheReason(String expression, String reason) {
        assertThatThrownBy(() -> SqlExpression.compile(expression))
                .isInstanceOf(SqlSyntaxException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\n"})
    void refusesBlankExpressions(String expression) {
        assertThatThrownBy(() -> SqlExpression.compile(expression))
                .isInstanceOf(SqlSyntaxException.class)
                .hasMessageContaining("the end");
    }

    @Test
    void refusesAbsurdNestingInsteadOfOverflowingTheStack() {
        String expression = "(".repeat(100_000) + "a > 3" + ")".repeat(100_000);

        assertThatThrownBy(() -> SqlExpression.compile(expression))
                .isInstanceOf(SqlSyntaxException.class)
                .hasMessageContaining("nested");
    }

    @Test
    void arbitraryTextsEitherCompileAndEvaluateOrAreRefused() {
        long seed = 20261121;
        Random random = Dice.of(seed);
        String[] words = {
            "a",
            "b",
            "zz",
            "(",
            ")",
            "and",
            "or",
            "not",
            "=",
            "<>",
            ">",
            "<=",
            "5",
            "1.5",
            "'x'",
            "in",
            "between",
            "is",
            "null",
            "true",
            "contains",
            "-",
            "+",
            ",",
            "--\n",
            "/*",
            "*/",
            "9999999999"
        };
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            int length = 1 + random.nextInt(9);
            for (int w = 0; w < length; w++) {
                text.append(words[random.nextInt(words.length)]).append(' ');
            }
            try {
                assertThat(evaluate(text.toString())).isIn(true, false);
            } catch (SqlSyntaxException e) {
                assertThat(e).as("seed %d: %s", seed, text).hasMessageMatching("(?s).+");
            }
        }
    }

    private static boolean evaluate(String expression) {
        return SqlExpression.compile(expression).matches(name -> PROPERTIES.getOrDefault(name, ""));
    }
}
