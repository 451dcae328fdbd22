package io.orbitmq.broker.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.protocol.body.queue.MessageQueueKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AllocationTest {

    @Test
    void averageGivesBlocksWhoseSizesDifferByOneAtMost() {
        assertThat(pulled(5, 2, "AVG")).containsExactly("0,1,2", "3,4");
        assertThat(pulled(8, 3, "AVG")).containsExactly("0,1,2", "3,4,5", "6,7");
        assertThat(pulled(4, 4, "AVG")).containsExactly("0", "1", "2", "3");
        assertThat(pulled(2, 3, "AVG")).containsExactly("0", "1", "");
    }

    @Test
    void circleDealsQueuesOutInTurn() {
        assertThat(pulled(5, 2, "AVG_BY_CIRCLE")).containsExactly("0,2,4", "1,3");
        assertThat(pulled(2, 3, "AVG_BY_CIRCLE")).containsExactly("0", "1", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AVG", "AVG_BY_CIRCLE"})
    void everyQueueIsPulledByExactlyOneMember(String strategy) {
        for (int queues = 1; queues <= 12; queues++) {
            for (int members = 1; members <= 12; members++) {
                List<String> all = new ArrayList<>();
                pulled(queues, members, strategy).stream()
                        .filter(share -> !share.isEmpty())
                        .forEach(share -> all.addAll(List.of(share.split(","))));
                assertThat(all)
                        .as(queues + " queues, " + members + " members")
                        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, queues)
                                .mapToObj(Integer::toString)
                                .toList());
            }
        }
    }

    @Test
    void strangersPullNothingAndUnknownStrategiesGetNoAnswer() {
        Allocation allocation = new Allocation(queues("a", 4), members(4));

        assertThat(allocation.toPull("stranger", "AVG")).contains(List.of());
        assertThat(allocation.toPull("stranger", "AVG_BY_CIRCLE")).contains(List.of());
        assertThat(allocation.toPop("stranger", "AVG", 1)).contains(List.of());
        assertThat(allocation.toPop("stranger", "AVG", 0)).contains(List.of(new MessageQueueKey("T", "a", -1)));
        assertThat(allocation.toPull("m0", "CONFIG")).isEmpty();
        assertThat(allocation.toPop("m0", "CONFIG", 0)).isEmpty();
    }

    @Test
    void withoutShareEverybodyPopsAllQueuesOfEveryBroker() {
        List<MessageQueueKey> twoBrokers =
                Stream.concat(queues("a", 3).stream(), queues("b", 1).stream()).toList();
        Allocation allocation = new Allocation(twoBrokers, members(4));
        List<MessageQueueKey> all = List.of(new MessageQueueKey("T", "a", -1), new MessageQueueKey("T", "b", -1));

        assertThat(allocation.toPop("m2", "AVG", 0)).contains(all);
        assertThat(allocation.toPop("m2", "AVG", -1)).contains(all);
        assertThat(allocation.toPop("m2", "AVG", 3)).contains(all);
        assertThat(allocation.toPop("m2", "AVG", 2).orElseThrow()).doesNotContainAnyElementsOf(all);
    }

    @Test
    void withAShareAMemberAlsoPopsTheQueuesOfTheNextMembers() {
        Allocation allocation = new Allocation(queues("a", 8), members(4));

        assertThat(ids(allocation.toPop("m0", "AVG", 1).orElseThrow())).isEqualTo("0,1,2,3");
        assertThat(ids(allocation.toPop("m3", "AVG", 1).orElseThrow())).isEqualTo("6,7,0,1");
        assertThat(ids(allocation.toPop("m1", "AVG_BY_CIRCLE", 2).orElseThrow()))
                .isEqualTo("1,5,2,6,3,7");
    }

    @Test
    void membersBeyondTheQueuesShareOneQueueEach() {
        Allocation allocation = new Allocation(queues("a", 3), members(5));

        assertThat(members(5).stream()
                        .map(member -> ids(allocation.toPop(member, "AVG", 1).orElseThrow())))
                .containsExactly("0", "1", "2", "0", "1");
    }

    private static List<String> pulled(int queues, int members, String strategy) {
        Allocation allocation = new Allocation(queues("a", queues), members(members));
        return members(members).stream()
                .map(member -> ids(allocation.toPull(member, strategy).orElseThrow()))
                .toList();
    }

    private static String ids(List<MessageQueueKey> queues) {
        return String.join(
                ",",
                queues.stream().map(queue -> Integer.toString(queue.queueId())).toList());
    }

    private static List<MessageQueueKey> queues(String broker, int count) {
        return IntStream.range(0, count)
                .mapToObj(id -> new MessageQueueKey("T", broker, id))
                .toList();
    }

    private static List<String> members(int count) {
        return IntStream.range(0, count).mapToObj(i -> "m" + i).toList();
    }
}
