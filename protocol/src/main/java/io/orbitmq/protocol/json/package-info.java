/**
 * The JSON of request bodies, in RocketMQ's dialect (protocol/11 section 1): names without quotes, numbers as map keys
 * with or without quotes, whole objects as map keys. {@link io.orbitmq.protocol.json.Json} reads all of it into trees and
 * writes standard JSON; the body records map trees by hand. Stateless; any thread.
 */
package io.orbitmq.protocol.json;
