package io.orbitmq.compat.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orbitmq.compat.client.ClientFailure;
import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.TestProducer;
import io.orbitmq.compat.server.ServerPlan;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A broker that does not make topics by itself. */
class NoAutomaticTopicTest {

    private static final int NO_ROUTE = 10_005;

    @RegisterExtension
    static final ServerExtension SERVER =
            ServerExtension.of(ServerPlan.standard().with("autoCreateTopicEnable", "false"));

    @ParameterizedTest
    @EnumSource
    void refusesAnUnknownTopicAndKnowsNothingOfItAfterwards(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.name("unknown");

        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatExceptionOfType(ClientFailure.class)
                    .isThrownBy(() -> producer.send(Outgoing.of(topic, "nobody knows me")))
                    .satisfies(failure -> assertThat(failure.code()).isEqualTo(NO_ROUTE))
                    .withMessageContaining("No route info of this topic");
        }
    }
}
