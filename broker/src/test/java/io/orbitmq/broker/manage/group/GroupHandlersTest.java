package io.orbitmq.broker.manage.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.orbitmq.broker.manage.ManageFixture;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.MalformedBodyException;
import io.orbitmq.store.AppendOutcome.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests of protocol/11 section 3.3. */
final class GroupHandlersTest {

    private static final int CREATE = 200;
    private static final int CREATE_LIST = 225;

    private final ManageFixture fixture = new ManageFixture();
    private final CreateGroupHandler create = new CreateGroupHandler(fixture.parts());

    @Test
    void storesAPostedGroup() {
        Command answer = fixture.post(create, CREATE, """
                {"groupName":"CG1","consumeBroadcastEnable":false,"retryMaxTimes":3,"consumeMessageOrderly":true}""");

        assertThat(answer.code()).isZero();
        assertThat(fixture.groupConfigs.find("CG1")).hasValueSatisfying(group -> {
            assertThat(group.consumeBroadcastEnable()).isFalse();
            assertThat(group.consumeEnable()).isTrue();
            assertThat(group.retryMaxTimes()).isEqualTo(3);
            assertThat(group.consumeMessageOrderly()).isTrue();
        });
    }

    @Test
    void refusesNamesThatNoConsumerCanUse() {
        assertThat(fixture.post(create, CREATE, "{\"groupName\":\"\"}").code()).isEqualTo(29);
        assertThat(fixture.post(create, CREATE, "{\"groupName\":\"a b\"}").remark())
                .contains("'a b'");
        assertThat(fixture.groupConfigs.all()).isEmpty();
    }

    @Test
    void refusesUnknownAttributes() {
        Command answer = fixture.post(create, CREATE, "{\"groupName\":\"G\",\"attributes\":{\"+foo\":\"1\"}}");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.remark()).isEqualTo("unsupported key: foo");
    }

    @Test
    void refusesABodyThatIsNoJson() {
        assertThatThrownBy(() -> fixture.post(create, CREATE, "groupName=G"))
                .isInstanceOf(MalformedBodyException.class);
    }

    @Test
    void aListIsStoredAsAWholeOrNotAtAll() {
        assertThat(fixture.post(
                                create,
                                CREATE_LIST,
                                "{\"groupConfigList\":[{\"groupName\":\"A\"},{\"groupName\":\"\"}]}")
                        .code())
                .isEqualTo(29);
        assertThat(fixture.groupConfigs.find("A")).isEmpty();

        fixture.post(create, CREATE_LIST, "{\"groupConfigList\":[{\"groupName\":\"A\"},{\"groupName\":\"B\"}]}");
        assertThat(fixture.groupConfigs.find("A")).isPresent();
        assertThat(fixture.groupConfigs.find("B")).isPresent();
    }

    @Test
    void showsOneGroupWithoutCreatingIt() {
        GroupConfigHandler handler = new GroupConfigHandler(fixture.parts());
        Command missing = fixture.ask(handler, 352, "group", "G");
        assertThat(missing.code()).isEqualTo(26);
        assertThat(missing.remark()).startsWith("No group in this broker");
        assertThat(fixture.groupConfigs.find("G")).isEmpty();

        fixture.groupConfigs.findOrCreate("G");
        assertThat(fixture.json(handler, 352, "group", "G").path("groupName").asText())
                .isEqualTo("G");
    }

    @Test
    void showsAllGroups() {
        AllGroupsHandler handler = new AllGroupsHandler(fixture.parts());
        assertThat(fixture.ask(handler, 201).remark()).isEqualTo("No subscription group in this broker");

        fixture.groupConfigs.findOrCreate("B");
        fixture.groupConfigs.findOrCreate("A");
        JsonNode all = fixture.json(handler, 201);
        assertThat(all.path("subscriptionGroupTable").fieldNames()).toIterable().containsExactly("A", "B");
        assertThat(all.path("dataVersion").path("counter").asLong()).isEqualTo(2);
    }

    @Test
    void keepsTheOffsetsOfAGroupWhoseDeletionTheStoreRefuses() {
        DeleteGroupHandler handler = new DeleteGroupHandler(fixture.parts());
        List<String> heard = new ArrayList<>();
        fixture.groupConfigs.onDeleted(heard::add);
        fixture.groupConfigs.findOrCreate("G");
        fixture.offsets.update("G", "T", 0, 1);
        fixture.store.refuseNextChange(Reason.DISK_FULL, "No room. Free space.");

        Command answer = fixture.ask(handler, 207, "groupName", "G", "cleanOffset", "true");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.remark()).endsWith("No room. Free space.");
        assertThat(fixture.groupConfigs.find("G")).isPresent();
        assertThat(fixture.offsets.offset("G", "T", 0)).isEqualTo(1);
        assertThat(heard).isEmpty();
    }

    @Test
    void deletesAGroupAndItsOffsetsWhenAsked() {
        DeleteGroupHandler handler = new DeleteGroupHandler(fixture.parts());
        fixture.groupConfigs.findOrCreate("G");
        fixture.offsets.update("G", "T", 0, 7);

        assertThat(fixture.ask(handler, 207, "groupName", "G").code()).isZero();
        assertThat(fixture.groupConfigs.find("G")).isEmpty();
        assertThat(fixture.offsets.offset("G", "T", 0)).isEqualTo(7);

        assertThat(fixture.ask(handler, 207, "groupName", "G", "cleanOffset", "true")
                        .code())
                .isZero();
        assertThat(fixture.offsets.offset("G", "T", 0)).isNegative();
    }
}
