/** Numbers of requests and responses, by their RocketMQ names. Source: protocol/01 sections 8 and 10. */
package io.orbitmq.protocol.code;
