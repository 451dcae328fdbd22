package io.orbitmq.broker.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.protocol.body.group.RetryPolicy;
import io.orbitmq.protocol.body.group.RetryPolicy.Type;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RetryWaitTest {

    @Test
    void defaultPolicyLeavesItToTheLevels() {
        assertThat(RetryWait.of(RetryPolicy.DEFAULT, 3)).isEmpty();
    }

    @Test
    void customisedPolicyHasAWaitForEachTryAndTheLastForTheRest() {
        RetryPolicy policy = new RetryPolicy(Type.CUSTOMIZED, List.of(100L, 200L), 0, 0, 0);
        assertThat(RetryWait.of(policy, 0)).contains(Duration.ofMillis(100));
        assertThat(RetryWait.of(policy, 1)).contains(Duration.ofMillis(200));
        assertThat(RetryWait.of(policy, 15)).contains(Duration.ofMillis(200));
    }

    @Test
    void exponentialPolicyGrowsUpToItsLongestWait() {
        RetryPolicy policy = new RetryPolicy(Type.EXPONENTIAL, List.of(), 5_000, 7_200_000, 2);
        assertThat(RetryWait.of(policy, 0)).contains(Duration.ofSeconds(5));
        assertThat(RetryWait.of(policy, 3)).contains(Duration.ofSeconds(40));
        assertThat(RetryWait.of(policy, 16)).contains(Duration.ofHours(2));
        assertThat(RetryWait.of(policy, Integer.MAX_VALUE)).contains(Duration.ofHours(2));
    }

    @Test
    void oddPoliciesDoNotHang() {
        assertThat(RetryWait.of(new RetryPolicy(Type.EXPONENTIAL, List.of(), 10, 100, 1), Integer.MAX_VALUE))
                .contains(Duration.ofMillis(10));
        assertThat(RetryWait.of(new RetryPolicy(Type.EXPONENTIAL, List.of(), 0, 100, 2), 1_000))
                .contains(Duration.ZERO);
        assertThat(RetryWait.of(new RetryPolicy(Type.CUSTOMIZED, List.of(-5L), 0, 0, 0), 0))
                .contains(Duration.ZERO);
    }
}
