/**
 * Wiring: {@link io.orbitmq.nameserver.node.NameserverNode} makes the parts, starts and stops them in order. Nobody in
 * this module imports it.
 */
package io.orbitmq.nameserver.node;
