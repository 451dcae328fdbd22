/**
 * How operators are answered: {@link io.orbitmq.broker.manage.reply.Replies} sends bodies, and answers changes once they
 * are durable. Stateless.
 */
package io.orbitmq.broker.manage.reply;
