/**
 * What an acknowledgement is worth: producers write down every answer, the server's process is killed without warning at a
 * random moment, and after its restart the queues must hold every acknowledged message, whole and in its place. Start at
 * {@link io.orbitmq.compat.durability.KillNineTest}; {@code compat/scripts/kill9.sh} runs many rounds of it.
 */
package io.orbitmq.compat.durability;
