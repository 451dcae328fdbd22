package io.orbitmq.benchmarks.micro;

import io.orbitmq.broker.filter.CompiledFilter;
import io.orbitmq.broker.filter.FilterCompiler;
import io.orbitmq.protocol.message.TagHash;
import io.orbitmq.store.ReadRequest.RecordFilter;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a subscription costs a message that is looked at. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class FilterBenchmark {

    private static final String SQL = "color = 'green' AND price BETWEEN 10 AND 100";

    private final ByteBuffer record = Samples.record(128);
    private final long tagsCode = TagHash.of("TagA");
    private RecordFilter tag;
    private RecordFilter tags;
    private RecordFilter sql;

    @Setup
    public void compileFilters() {
        tag = usable(FilterCompiler.compile(FilterCompiler.TAG, "TagA"));
        tags = usable(FilterCompiler.compile(FilterCompiler.TAG, "TagX || TagY || TagA || TagZ"));
        sql = usable(FilterCompiler.compile(FilterCompiler.SQL92, SQL));
    }

    @Benchmark
    public boolean oneTag() {
        return tag.mayMatch(tagsCode);
    }

    @Benchmark
    public boolean fourTags() {
        return tags.mayMatch(tagsCode);
    }

    @Benchmark
    public boolean sql92() {
        return sql.matches(record);
    }

    @Benchmark
    public CompiledFilter compileSql92() {
        return FilterCompiler.compile(FilterCompiler.SQL92, SQL);
    }

    private static RecordFilter usable(CompiledFilter compiled) {
        if (compiled instanceof CompiledFilter.Usable usable) {
            return usable.filter();
        }
        throw new IllegalStateException("expected a filter that can be used, found " + compiled);
    }
}
