/**
 * Taking messages from producers: codes 10, 310 and 320. Start reading at {@link io.orbitmq.broker.send.SendHandler}: it
 * finds the topic by the bytes of its name ({@code SendTopics}, {@code SendTopic} is all a send needs to know of it), checks
 * ({@code Admission}), looks through the properties once ({@code PropertyScan}), appends, and answers once the disk has it.
 * What was read on the way, the header's fields, the topic and the properties, goes along as one {@code SendRequest}.
 * A message that asks for more than to be stored, or goes to a topic with rules of its own, takes the way of rules and routes
 * ({@code MessageRules}, {@code Router}, {@code RetryRule}, delay levels). Runs to completion on the connection's event
 * loop; the only state is what was looked up of topics. Source: protocol/04.
 */
package io.orbitmq.broker.send;
