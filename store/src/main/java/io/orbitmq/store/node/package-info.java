/**
 * The store put together. {@link io.orbitmq.store.node.LocalMessageStore} is the front door; {@code StoreParts} builds
 * what it consists of, in order. Nobody imports this package but who opens a store.
 */
package io.orbitmq.store.node;
