package io.orbitmq.transport.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.orbitmq.protocol.frame.ByteSink;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.frame.Frames;
import io.orbitmq.protocol.frame.HeaderDecoder;
import io.orbitmq.protocol.frame.MalformedFrameException;
import io.orbitmq.protocol.frame.SerializeType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {

    private static final int MAX_FRAME_BYTES = 1 << 20;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final IncompleteFrames budget = new IncompleteFrames(1 << 20);
    private final List<Command> received = new ArrayList<>();
    private final List<Integer> expected = new ArrayList<>();
    private int wanted = Integer.MAX_VALUE;
    private final FrameReader reader = reader();

    private FrameReader reader() {
        return new FrameReader(allocator, MAX_FRAME_BYTES, budget, new HeaderDecoder(), new FrameReader.Receiver() {
            @Override
            public boolean wantsMore() {
                return received.size() < wanted;
            }

            @Override
            public void expect(List<Command> commands) {
                commands.forEach(command -> expected.add(command.code()));
            }

            @Override
            public void received(Command command, int frameBytes) {
                received.add(command.withBody(Bodies.copy(command.body())));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void findsTheSameFramesHoweverTheBytesAreCut(long seed) {
        Random random = new Random(seed);
        List<Command> sent = new ArrayList<>();
        ByteSink wire = new ByteSink(1 << 16);
        for (int i = 0; i < 200; i++) {
            byte[] body = new byte[random.nextInt(10) == 0 ? random.nextInt(200_000) : random.nextInt(300)];
            random.nextBytes(body);
            Command command = Command.request(i, Fields.of("n", "" + i), ByteBuffer.wrap(body))
                    .withOpaque(i);
            sent.add(command);
            Frames.encodeHead(command, body.length, SerializeType.values()[i % 2], wire);
            wire.writeBytes(body);
        }
        int at = 0;
        while (at < wire.size()) {
            int size = Math.min(wire.size() - at, 1 + random.nextInt(random.nextBoolean() ? 12 : 60_000));
            ByteBuf in = allocator.directBuffer(size).writeBytes(wire.array(), at, size);
            reader.read(in);
            assertThat(in.isReadable()).isFalse();
            in.release();
            at += size;
        }
        assertThat(received).isEqualTo(sent);
        assertThat(budget.takenBytes()).isZero();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    @Test
    void takesMemoryOnlyForWhatHasArrived() {
        ByteBuf head = allocator.directBuffer(8).writeInt(MAX_FRAME_BYTES - 4).writeInt(100);
        reader.read(head);
        head.release();
        assertThat(allocator.metric().usedDirectMemory()).isLessThanOrEqualTo(256);
        ByteBuf some = allocator.directBuffer(100_000).writeZero(100_000);
        reader.read(some);
        some.release();
        assertThat(allocator.metric().usedDirectMemory()).isLessThanOrEqualTo(2 * 100_008);
        assertThat(budget.takenBytes()).isEqualTo(100_008);
        reader.close();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
        assertThat(budget.takenBytes()).isZero();
    }

    @Test
    void leavesInTheBufferWhatTheReceiverDoesNotWantYet() {
        ByteSink wire = new ByteSink(1024);
        for (int i = 0; i < 3; i++) {
            Frames.encodeHead(Command.request(i, Fields.NONE), 0, SerializeType.JSON, wire);
        }
        ByteBuf in = Unpooled.wrappedBuffer(wire.toByteArray());
        wanted = 2;
        reader.read(in);
        assertThat(received).hasSize(2);
        assertThat(in.isReadable()).isTrue();
        wanted = 3;
        reader.read(in);
        assertThat(received).extracting(Command::code).containsExactly(0, 1, 2);
        in.release();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 63, 64, 65})
    void givesEachFrameOnceHoweverOftenTheReceiverPauses(int taken) {
        int count = 200;
        ByteBuf in = Unpooled.wrappedBuffer(frames(0, count).toByteArray());
        for (wanted = taken; in.isReadable(); wanted += taken) {
            int before = expected.size();
            reader.read(in);
            assertThat(received).hasSize(Math.min(wanted, count));
            // a pause decodes no more than the frames ahead again
            assertThat(expected.size() - before).isLessThan(taken + 2 * 64);
        }
        assertThat(received)
                .extracting(Command::code)
                .isEqualTo(IntStream.range(0, count).boxed().toList());
        in.release();
    }

    @Test
    void refusesAMalformedHeadBeforeTheRestArrives() {
        for (byte[] head : List.of(
                new byte[] {0, 0, 0, 3}, new byte[] {0, 0, 0, 100, 7, 0, 0, 10}, new byte[] {0, 0, 0, 100, 0, 0, 0, 97
                })) {
            for (int first = 1; first <= head.length; first++) {
                FrameReader fresh = reader();
                ByteBuf start = Unpooled.wrappedBuffer(head, 0, first);
                ByteBuf rest = Unpooled.wrappedBuffer(head, first, head.length - first);
                assertThatThrownBy(() -> {
                            fresh.read(start);
                            fresh.read(rest);
                        })
                        .isInstanceOf(MalformedFrameException.class);
                fresh.close();
                start.release();
                rest.release();
            }
        }
        assertThat(received).isEmpty();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    @Test
    void saysWhichFramesComeNextWhereSeveralArrivedTogether() {
        ByteBuf single = Unpooled.wrappedBuffer(frames(0, 1).toByteArray());
        reader.read(single);
        assertThat(expected).isEmpty();
        ByteBuf several = Unpooled.wrappedBuffer(frames(1, 41).toByteArray());
        reader.read(several);
        assertThat(expected).isEqualTo(IntStream.range(1, 41).boxed().toList());
        assertThat(received).hasSize(41);
        single.release();
        several.release();
    }

    @Test
    void handsOnWhatCameBeforeAMalformedFrame() {
        ByteSink wire = frames(0, 3);
        wire.writeBytes(new byte[] {0, 0, 0, 20, 0, 0, 0, 16});
        wire.writeBytes("this is no JSON.".getBytes(StandardCharsets.US_ASCII));
        ByteBuf in = Unpooled.wrappedBuffer(wire.toByteArray());
        assertThatThrownBy(() -> reader.read(in)).isInstanceOf(MalformedFrameException.class);
        assertThat(received).extracting(Command::code).containsExactly(0, 1, 2);
        in.release();
    }

    private static ByteSink frames(int from, int to) {
        ByteSink wire = new ByteSink(1024);
        for (int i = from; i < to; i++) {
            Frames.encodeHead(Command.request(i, Fields.NONE), 0, SerializeType.JSON, wire);
        }
        return wire;
    }

    @Test
    void refusesAFrameOverTheConfiguredLimitByItsLengthAlone() {
        ByteBuf in = Unpooled.buffer().writeInt(MAX_FRAME_BYTES - 3);
        assertThatThrownBy(() -> reader.read(in))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageContaining("at most " + (MAX_FRAME_BYTES - 4))
                .hasMessageContaining("found " + (MAX_FRAME_BYTES - 3));
        in.release();
    }

    @Test
    void refusesGrowthWhenTheSharedBudgetIsUsedUp() {
        assertThat(budget.take(0, 900_000)).isEqualTo(900_000);
        ByteBuf in = allocator.directBuffer(8).writeInt(MAX_FRAME_BYTES - 4).writeInt(100);
        reader.read(in);
        in.release();
        ByteBuf more = allocator.directBuffer(200_000).writeZero(200_000);
        assertThatThrownBy(() -> reader.read(more))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageContaining("no memory for a frame");
        more.release();
        reader.close();
        assertThat(budget.takenBytes()).isEqualTo(900_000);
    }
}
