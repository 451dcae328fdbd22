/**
 * Taking messages from producers: codes 10, 310 and 320. Start reading at {@link io.orbitmq.broker.send.SendHandler}: it
 * checks ({@code Admission}), decides where the message really goes ({@code RetryRule}, delay levels), stamps the
 * properties, appends, and answers once the disk has it. Runs to completion on the connection's event loop; no state of
 * its own. Source: protocol/04.
 */
package io.orbitmq.broker.send;
