package io.orbitmq.compat.adapter;

import io.orbitmq.compat.client.ConsumerPlan;
import java.util.concurrent.CountDownLatch;

/**
 * The main class of a consumer process that is going to be killed: it pops messages, prints {@code holding TEXT} for each and
 * never finishes one. Arguments: name server, group, topic, invisible time in milliseconds.
 */
public final class PopVictim {

    private PopVictim() {}

    public static void main(String[] arguments) throws InterruptedException {
        ConsumerPlan plan = ConsumerPlan.of(arguments[0], arguments[1], arguments[2])
                .balancedByBroker(Long.parseLong(arguments[3]));
        CountDownLatch never = new CountDownLatch(1);
        new AdaptedClient().push(plan, batch -> {
            batch.forEach(message -> System.out.println("holding " + message.text()));
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return false;
        });
        never.await();
    }
}
