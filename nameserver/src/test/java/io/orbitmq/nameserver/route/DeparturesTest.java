package io.orbitmq.nameserver.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.protocol.header.route.BrokerIdentityHeader;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.testkit.SimulatedScheduler;
import io.orbitmq.transport.fake.RecordingConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeparturesTest {

    private final SimulatedClock clock = new SimulatedClock();
    private final SimulatedScheduler scheduler = new SimulatedScheduler(clock);
    private final RouteTable table = new RouteTable(clock);
    private final List<MinIdChange> told = new ArrayList<>();
    private final Departures departures = new Departures(table, scheduler, told::add);
    private final Brokers broker = Brokers.master("a", "10.0.0.1:1");

    @Test
    void aBrokerLeavesWithItsConnection() {
        register(broker);
        departures.lost(broker.connection());
        run();
        assertThat(table.route("T1", false)).isEmpty();
    }

    @Test
    void aConnectionThatWasReplacedTakesNobodyWithIt() {
        register(broker);
        register(broker.id(0, broker.address()));
        departures.lost(broker.connection());
        run();
        assertThat(table.route("T1", false)).isPresent();
    }

    @Test
    void aBrokerThatRegistersAgainBeforeItsRemovalStays() {
        register(broker);
        departures.lost(broker.connection());
        register(broker.id(0, broker.address()));
        run();
        assertThat(table.route("T1", false)).isPresent();
    }

    @Test
    void aSilentBrokerIsRemovedAfterTwoMinutes() {
        register(broker);
        clock.advance(Duration.ofSeconds(120));
        departures.expireSilent();
        run();
        assertThat(table.route("T1", false)).isPresent();
        clock.advance(Duration.ofMillis(1));
        departures.expireSilent();
        run();
        assertThat(table.route("T1", false)).isEmpty();
        assertThat(broker.connection().isOpen()).isFalse();
    }

    @Test
    void aBrokersOwnTimeoutCountsAndHeartbeatsPostponeIt() {
        register(broker.timeout(2000));
        clock.advance(Duration.ofMillis(1999));
        assertThat(table.heardOf("C", broker.address())).isPresent();
        clock.advance(Duration.ofMillis(1999));
        departures.expireSilent();
        run();
        assertThat(table.route("T1", false)).isPresent();
        clock.advance(Duration.ofMillis(2));
        departures.expireSilent();
        run();
        assertThat(table.route("T1", false)).isEmpty();
    }

    @Test
    void unregistrationsWaitForTheirBatchAndAreBounded() {
        register(broker);
        assertThat(departures.offer(identity(), 1)).isTrue();
        assertThat(table.route("T1", false)).isPresent();
        assertThat(departures.offer(identity(), 1)).isFalse();
        run();
        assertThat(table.route("T1", false)).isEmpty();
        assertThat(departures.offer(identity(), 1)).isTrue();
    }

    @Test
    void replicasAreToldAfterARemoval() {
        Brokers acting = broker.acting(Optional.of(true));
        register(acting);
        register(acting.id(1, "10.0.0.2:1"));
        departures.lost(acting.connection());
        run();
        assertThat(told).hasSize(1);
    }

    @Test
    void connectionsThatCloseWhileStoppingAreNoDepartures() {
        register(broker);
        departures.stop();
        departures.lost(broker.connection());
        departures.lost(new RecordingConnection());
        run();
        assertThat(table.route("T1", false)).isPresent();
    }

    private void register(Brokers described) {
        table.register(described.registration(), false);
    }

    private void run() {
        scheduler.advance(Duration.ZERO);
    }

    private BrokerIdentityHeader identity() {
        return new BrokerIdentityHeader("a", "10.0.0.1:1", "C", 0);
    }
}
