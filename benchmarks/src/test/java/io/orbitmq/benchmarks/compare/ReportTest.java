package io.orbitmq.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.orbitmq.benchmarks.process.ServerUnderTest.Flush;
import io.orbitmq.protocol.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReportTest {

    private static final String OURS = "OrbitMQ";
    private static final String OFFICIAL = "official 5.3.3";

    @Test
    void takesTheMedianOfEveryFigureOfItsOwn() {
        Measurement median = Measurement.median(List.of(run(300, 5), run(100, 9), run(200, 7)));

        assertThat(median.get(Figure.MESSAGES_PER_SECOND)).isEqualTo(200);
        assertThat(median.get(Figure.CPU_MICROS)).isEqualTo(7);
        assertThat(median.has(Figure.IDLE_CORE_PERCENT)).isFalse();
    }

    @Test
    void comparesWithTheOfficialServerAndWithOurOwnRows() {
        Report report = report(
                row("few", List.of(Aim.atLeast(3, Figure.MESSAGES_PER_SECOND)), run(1000, 5), run(300, 50)),
                row(
                        "many",
                        List.of(Aim.atLeast(0.85, Figure.MESSAGES_PER_SECOND).ofOurOwn("few")),
                        run(800, 6),
                        run(100, 60)));

        List<Report.Verdict> verdicts = report.verdicts();

        assertThat(verdicts).extracting(Report.Verdict::met).containsExactly(true, false);
        assertThat(verdicts.get(0).reached()).isEqualTo(1000.0 / 300, within(1e-9));
        assertThat(verdicts.get(1).reached()).isEqualTo(0.8, within(1e-9));
    }

    @Test
    void meetsNoAimWithAnInvalidRun() {
        Measurement faulty = new Measurement(run(1000, 5).figures(), List.of("refused 3 requests"));
        Report report = report(row("few", List.of(Aim.atLeast(1, Figure.MESSAGES_PER_SECOND)), faulty, run(300, 50)));

        assertThat(report.isValid()).isFalse();
        assertThat(report.verdicts()).extracting(Report.Verdict::met).containsExactly(false);
        assertThat(ResultTable.markdown(report)).contains("**NO**: refused 3 requests");
    }

    @Test
    void leavesOutAimsWhoseReferenceWasNotMeasured() {
        Aim other = Aim.atLeast(1, Figure.MESSAGES_PER_SECOND).ofOurOwn("left out");
        Map<String, List<Measurement>> oursAlone = Map.of(OURS, List.of(run(1000, 5)));
        Workload workload = workload("few", List.of(other, Aim.atLeast(1, Figure.CPU_MICROS)));

        Report report = report(new Row(workload, oursAlone));

        assertThat(report.verdicts()).isEmpty();
        assertThat(ResultTable.markdown(report)).contains("| few | OrbitMQ | 1,000 |");
    }

    @Test
    void showsARunThatBrokeAsInvalid() {
        Measurement broken = new Measurement(Map.of(), List.of("did not finish: no answer"));
        Report report = report(row("few", List.of(Aim.atMost(1, Figure.CPU_MICROS)), broken, run(300, 50)));

        assertThat(report.verdicts()).extracting(Report.Verdict::met).containsExactly(false);
        assertThat(ResultTable.markdown(report))
                .contains("did not finish: no answer")
                .contains("| not measured |");
        assertThat(Json.read(report.json()).at("/aims/0/ratio").isMissingNode()).isTrue();
    }

    @Test
    void writesTablesOfEqualWidth() {
        String text = ResultTable.markdown(report(row("few", List.of(), run(1000, 5), run(250, 50))));

        assertThat(text).contains("| few | **ours / official** | **4.00 x** |");
        assertThat(text.lines()
                        .filter(line -> line.startsWith("| few"))
                        .map(line -> line.chars().filter(c -> c == '|').count()))
                .containsOnly(11L);
    }

    @Test
    void writesJsonWithEveryRound() {
        JsonNode json =
                Json.read(report(row("few", List.of(Aim.atMost(1, Figure.CPU_MICROS)), run(1000, 5), run(250, 50)))
                        .json());

        assertThat(json.at("/machine/commit").asText()).isEqualTo("abc");
        assertThat(json.at("/rows/0/median/messagesPerSecond").asDouble()).isEqualTo(1000);
        assertThat(json.at("/rows/1/server").asText()).isEqualTo(OFFICIAL);
        assertThat(json.at("/rows/1/rounds/0/cpuMicros").asDouble()).isEqualTo(50);
        assertThat(json.at("/aims/0/met").asBoolean()).isTrue();
    }

    private static Report report(Row... rows) {
        return new Report(Map.of("commit", "abc"), OURS, OFFICIAL, List.of(rows));
    }

    private static Row row(String name, List<Aim> aims, Measurement ours, Measurement official) {
        Map<String, List<Measurement>> rounds = new LinkedHashMap<>();
        rounds.put(OURS, List.of(ours));
        rounds.put(OFFICIAL, List.of(official));
        return new Row(workload(name, aims), rounds);
    }

    private static Workload workload(String name, List<Aim> aims) {
        return new Workload(name, Flush.ASYNC_FLUSH, server -> run(1, 1), aims, false);
    }

    private static Measurement run(double messagesPerSecond, double cpuMicros) {
        return new Measurement(
                Map.of(Figure.MESSAGES_PER_SECOND, messagesPerSecond, Figure.CPU_MICROS, cpuMicros), List.of());
    }
}
