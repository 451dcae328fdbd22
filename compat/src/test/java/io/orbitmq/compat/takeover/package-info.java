/**
 * A store that the official 5.3.3 broker wrote, opened in place. The official clients write and remember what they saw;
 * after the change of brokers they must see the same. Start reading at {@code TakeoverTest}. Runs on the test's thread.
 */
package io.orbitmq.compat.takeover;
