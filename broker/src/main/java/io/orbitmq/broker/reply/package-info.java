/**
 * Request and reply (protocol/04 section 5): {@link io.orbitmq.broker.reply.SendReplyHandler} takes a consumer's reply
 * (codes 324 and 325), stores it in the reply topic, and pushes it to the producer that asked. The handler runs on the
 * replying client's event loop; its answer follows on the asking client's. No state of its own.
 */
package io.orbitmq.broker.reply;
