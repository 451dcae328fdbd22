package io.orbitmq.broker.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.filter.CompiledFilter.Unparsable;
import io.orbitmq.broker.filter.CompiledFilter.Unsupported;
import io.orbitmq.broker.filter.CompiledFilter.Usable;
import io.orbitmq.store.ReadRequest.RecordFilter;
import io.orbitmq.testkit.Dice;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FilterCompilerTest {

    @Test
    void starAndNothingLetEverythingThrough() {
        assertThat(usable("*").mayMatch("x".hashCode())).isTrue();
        assertThat(usable("").mayMatch(0)).isTrue();
    }

    @Test
    void oneTagPassesItsHashOnly() {
        RecordFilter filter = usable("TagA");

        assertThat(filter.mayMatch(2598919)).isTrue();
        assertThat(filter.mayMatch("TagB".hashCode())).isFalse();
        assertThat(filter.mayMatch(0)).isFalse();
        assertThat(filter.readsRecord()).isFalse();
    }

    @Test
    void severalTagsAreTrimmedAndEmptyPartsDropped() {
        RecordFilter filter = usable(" TagA ||TagB|| || C|D ");

        assertThat(filter.mayMatch("TagA".hashCode())).isTrue();
        assertThat(filter.mayMatch("TagB".hashCode())).isTrue();
        assertThat(filter.mayMatch("C|D".hashCode())).isTrue();
        assertThat(filter.mayMatch("C".hashCode())).isFalse();
    }

    @Test
    void starInsideAListIsATag() {
        RecordFilter filter = usable("TagA || *");

        assertThat(filter.mayMatch("*".hashCode())).isTrue();
        assertThat(filter.mayMatch("TagC".hashCode())).isFalse();
    }

    @Test
    void comparesTheLowThirtyTwoBitsOfTheIndexEntry() {
        int negative = "negative-hash-tag-zzzz".hashCode();
        RecordFilter filter = FilterCompiler.ofTagCodes(negative, 5);

        assertThat(filter.mayMatch(negative)).isTrue();
        assertThat(filter.mayMatch(negative & 0xFFFFFFFFL)).isTrue();
    }

    @Test
    void onlySeparatorsCannotBeParsed() {
        assertThat(FilterCompiler.compile("TAG", "||")).isInstanceOf(Unparsable.class);
        assertThat(FilterCompiler.compile("TAG", "||||")).isInstanceOf(Unparsable.class);
        assertThat(FilterCompiler.compile("TAG", "|| ||")).isInstanceOf(Unparsable.class);
    }

    @Test
    void hashedTagsPassEverythingOnlyForStar() {
        assertThat(FilterCompiler.ofHashedTags("*").mayMatch(7)).isTrue();
        assertThat(FilterCompiler.ofHashedTags("").mayMatch(7)).isTrue();
        assertThat(FilterCompiler.ofHashedTags("TagA").mayMatch("TagA".hashCode()))
                .isFalse();
        assertThat(FilterCompiler.ofHashedTags("TagA", 2598919).mayMatch("TagA".hashCode()))
                .isTrue();
    }

    @Test
    void sqlIsCompiledAndOtherLanguagesAreUnsupported() {
        assertThat(FilterCompiler.compile("SQL92", "a > 3")).isInstanceOf(Usable.class);
        assertThat(FilterCompiler.compile("SQL92", "not a > 3")).isInstanceOf(Unparsable.class);
        assertThat(FilterCompiler.compile("LUA", "a > 3")).isEqualTo(new Unsupported("LUA"));
        assertThat(FilterCompiler.compile("SQL92", "")).isInstanceOf(Unparsable.class);
        assertThat(FilterCompiler.compile("tag", "A")).isEqualTo(new Unsupported("tag"));
    }

    @Test
    void largeSetsAgreeWithASetOfInts() {
        long seed = 20260101;
        Random random = Dice.of(seed);
        for (int size : new int[] {2, 3, 4, 7, 8, 9, 100, 1000}) {
            int[] codes = IntStream.range(0, size)
                    .map(i -> random.nextInt(3 * size) - size)
                    .toArray();
            Set<Integer> expected = IntStream.of(codes).boxed().collect(Collectors.toSet());
            RecordFilter filter = FilterCompiler.ofTagCodes(codes);
            for (int probe = -2 * size; probe < 3 * size; probe++) {
                assertThat(filter.mayMatch(probe))
                        .as("seed %d size %d probe %d", seed, size, probe)
                        .isEqualTo(expected.contains(probe));
            }
        }
    }

    private static RecordFilter usable(String expression) {
        return ((Usable) FilterCompiler.compile(FilterCompiler.TAG, expression)).filter();
    }
}
