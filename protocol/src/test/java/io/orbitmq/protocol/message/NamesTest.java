package io.orbitmq.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamesTest {

    @Test
    void tellsWhatIsWrongWithATopicInTheServersWords() {
        assertThat(Names.topicFault("Topic-a_1|%x")).isEmpty();
        assertThat(Names.topicFault(" ")).hasValue("The specified topic is blank.");
        assertThat(Names.topicFault("a+b"))
                .hasValue("The specified topic contains illegal characters, allowing only ^[%|a-zA-Z0-9_-]+$");
        assertThat(Names.topicFault("t".repeat(127))).isEmpty();
        assertThat(Names.topicFault("t".repeat(128))).hasValue("The specified topic is longer than topic max length.");
    }

    @Test
    void knowsGroups() {
        assertThat(Names.isGroupName("g".repeat(255))).isTrue();
        assertThat(Names.isGroupName("g".repeat(256))).isFalse();
        assertThat(Names.isGroupName("")).isFalse();
        assertThat(Names.isGroupName("a b")).isFalse();
        assertThat(Names.groupOfRetryTopic(Names.retryTopic("g"))).isEqualTo("g");
        assertThat(Names.groupOfRetryTopic("%RETRY%g+topic")).isEqualTo("g");
    }

    @Test
    void knowsWhichTopicsAreTheSystems() {
        assertThat(Names.isSystemTopic("rmq_sys_anything")).isTrue();
        assertThat(Names.isSystemTopic("TBW102")).isTrue();
        assertThat(Names.isForbiddenToSend("TBW102")).isFalse();
        assertThat(Names.isForbiddenToSend("SCHEDULE_TOPIC_XXXX")).isTrue();
        assertThat(Names.isSystemTopic("T1")).isFalse();
    }

    @Test
    void parsesTagExpressions() {
        assertThat(SubscriptionExpression.parse("")).hasValue(SubscriptionExpression.ALL);
        assertThat(SubscriptionExpression.parse("*").orElseThrow().isEverything())
                .isTrue();
        SubscriptionExpression two =
                SubscriptionExpression.parse("TagA || TagB||").orElseThrow();
        assertThat(two.text()).isEqualTo("TagA || TagB||");
        assertThat(two.tags()).containsExactly("TagA", "TagB");
        assertThat(two.sortedCodes()).containsExactly(2598919, 2598920);
        assertThat(SubscriptionExpression.parse("A|B").orElseThrow().tags()).containsExactly("A|B");
        assertThat(SubscriptionExpression.parse("A || *").orElseThrow().isEverything())
                .isFalse();
        assertThat(SubscriptionExpression.parse("||")).isEmpty();
    }
}
