package io.orbitmq.store.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.foundation.file.DiskFile;
import io.orbitmq.foundation.file.SystemDisk;
import io.orbitmq.protocol.body.group.GroupConfig;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.store.tools.ImportedState.CommittedOffset;
import io.orbitmq.store.tools.ImportedState.Forbidden;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as in protocol/05 section 7. */
final class RocketMqStoreImportTest {

    private final SystemDisk disk = new SystemDisk();

    @TempDir
    private Path root;

    @Test
    void readsTopicsGroupsOffsetsAndDelayProgress() throws IOException {
        write("topics.json", """
                {
                \t"dataVersion":{"counter":7,"stateVersion":0,"timestamp":1795225170006},
                \t"topicConfigTable":{
                \t\t"TopicA":{"attributes":{},"order":false,"perm":6,"readQueueNums":4,"topicFilterType":"SINGLE_TAG",
                \t\t\t"topicName":"TopicA","topicSysFlag":0,"writeQueueNums":8},
                \t\t"TopicBCQ":{"attributes":{"queue.type":"BatchCQ"},"order":false,"perm":6,"readQueueNums":1,
                \t\t\t"topicFilterType":"SINGLE_TAG","topicName":"TopicBCQ","topicSysFlag":0,"writeQueueNums":1}
                \t}
                }""");
        write("consumerOffset.json", """
                {"dataVersion":{"counter":0},"groupTopicMap":{"CG_T1":["TopicA"]},
                 "offsetTable":{"%RETRY%CG_T1@CG_T1":{0:2},"TopicA@CG_T1":{0:5,1:3},"broken":{0:1},"T@G":{x:1,1:-4}}}""");
        write("subscriptionGroup.json", """
                {"dataVersion":{},"forbiddenTable":{"CG_T1":{"TopicA":1}},
                 "subscriptionGroupTable":{"CG_T1":{"attributes":{},"brokerId":0,"consumeEnable":true,
                  "groupName":"CG_T1","retryMaxTimes":3,"retryQueueNums":2}}}""");
        write("delayOffset.json", "{\"dataVersion\":{\"counter\":1},\"offsetTable\":{2:2,3:7}}");
        write("consumerFilter.json", "{}");

        ImportedState state = RocketMqStoreImport.read(disk, root);

        assertThat(state.topics()).extracting(TopicConfig::name).containsExactly("TopicA", "TopicBCQ");
        assertThat(state.topics().get(0).writeQueues()).isEqualTo(8);
        assertThat(state.topics().get(1).attributes()).containsEntry("queue.type", "BatchCQ");
        assertThat(state.groups()).extracting(GroupConfig::name).containsExactly("CG_T1");
        assertThat(state.groups().get(0).retryMaxTimes()).isEqualTo(3);
        assertThat(state.offsets())
                .containsExactlyInAnyOrder(
                        new CommittedOffset("CG_T1", "%RETRY%CG_T1", 0, 2),
                        new CommittedOffset("CG_T1", "TopicA", 0, 5),
                        new CommittedOffset("CG_T1", "TopicA", 1, 3));
        assertThat(state.forbidden()).containsExactly(new Forbidden("CG_T1", "TopicA", 1));
        assertThat(state.delayOffsets())
                .containsEntry(2, 2L)
                .containsEntry(3, 7L)
                .hasSize(2);
        assertThat(state.notes())
                .hasSize(5)
                .anyMatch(note -> note.contains("forbiddenTable"))
                .anyMatch(note -> note.contains("'broken'"))
                .anyMatch(note -> note.contains("x:1"))
                .anyMatch(note -> note.contains("1:-4"))
                .anyMatch(note -> note.startsWith("consumerFilter.json is not taken over"));
        assertThat(state.report())
                .contains("TopicBCQ read=1 write=1 perm=6 attributes={queue.type=BatchCQ}")
                .contains("CG_T1 at TopicA-1: 3");
    }

    @Test
    void takesTheBackupOfAnEmptyOrUnreadableFile() throws IOException {
        write("topics.json", "");
        write("topics.json.bak", "{\"topicConfigTable\":{\"T\":{\"topicName\":\"T\"}}}");
        write("consumerOffset.json", "{\"offsetTable\":{\"T@G\":{0:");
        write("consumerOffset.json.bak", "{\"offsetTable\":{\"T@G\":{0:9}}}");

        ImportedState state = RocketMqStoreImport.read(disk, root);

        assertThat(state.topics()).hasSize(1);
        assertThat(state.offsets()).containsExactly(new CommittedOffset("G", "T", 0, 9));
        assertThat(state.groups()).isEmpty();
        assertThat(state.notes())
                .anyMatch(note -> note.startsWith("topics.json has no readable content: its backup"))
                .anyMatch(note -> note.startsWith("consumerOffset.json has no readable content: its backup"))
                .anyMatch(note -> note.startsWith("subscriptionGroup.json is missing"));
    }

    @Test
    void warnsOfABrokerThatWasNotStopped() throws IOException {
        write("topics.json", "{}");
        disk.open(root.resolve("abort")).close();

        ImportedState state = RocketMqStoreImport.read(disk, root);

        assertThat(state.stoppedInOrder()).isFalse();
        assertThat(state.notes()).anyMatch(note -> note.contains("abort"));
    }

    @Test
    void warnsOfMessagesThatWerePoppedAndNotAcknowledged() throws IOException {
        write("topics.json", "{}");
        disk.createDirectories(root.resolve("consumequeue/rmq_sys_REVIVE_LOG_DefaultCluster/0"));

        assertThat(RocketMqStoreImport.read(disk, root).notes())
                .anyMatch(note -> note.startsWith("consumers popped: "));
    }

    @Test
    void knowsHowFarTimersAreDelivered() throws IOException {
        write("topics.json", "{}");
        try (DiskFile file = disk.open(root.resolve("config/timercheck"))) {
            file.write(
                    0,
                    ByteBuffer.allocate(4096)
                            .putLong(0, 1_795_225_025_000L)
                            .putLong(8, 520)
                            .putLong(16, 17));
        }

        ImportedState state = RocketMqStoreImport.read(disk, root);

        assertThat(state.timers()).isEqualTo(new DeliveredTimers(1_795_225_025_000L, 17));
        assertThat(state.report()).contains("delivered up to 2026-11-21");
    }

    @Test
    void refusesAFileThatCannotBeReadAndHasNoBackup() throws IOException {
        write("topics.json", "{\"topicConfigTable\":{");

        assertThatThrownBy(() -> RocketMqStoreImport.read(disk, root))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(root.resolve("config/topics.json").toString())
                .hasMessageContaining("Restore the file");
    }

    @Test
    void saysWhatItExpectedWhenThereIsNoSuchStore() {
        assertThatThrownBy(() -> RocketMqStoreImport.read(disk, root.resolve("elsewhere")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("storePathRootDir");
    }

    private void write(String name, String content) throws IOException {
        Path config = root.resolve("config");
        disk.createDirectories(config);
        try (DiskFile file = disk.open(config.resolve(name))) {
            file.write(0, ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
